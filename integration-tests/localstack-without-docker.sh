#!/usr/bin/env bash
# Starts LocalStack's own process, without Docker, with the DynamoDB Local that Maven has fetched for this repository.
set -euo pipefail

readonly NEEDED=4.14.0
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

fail() {
  printf '%s: %s\n' "$(basename "$0")" "$*" >&2
  exit 1
}

case ${1:-} in
  -h | --help)
    cat <<HELP
Usage: $(basename "$0") [PORT]

Starts DynamoDB, SQS and SNS of LocalStack on http://127.0.0.1:PORT, 4566 unless given, until Ctrl+C.
Needs localstack-supervisor on the PATH, and JAVA_HOME or java on the PATH:

  python3.13 -m venv .venv && . .venv/bin/activate
  pip install 'localstack-core[runtime]==$NEEDED'
HELP
    exit 0
    ;;
esac
port=${1:-4566}
[[ $port =~ ^[0-9]+$ ]] || fail "PORT is a number, not '$port'."
command -v localstack-supervisor >/dev/null ||
  fail "needs localstack-supervisor on the PATH: pip install 'localstack-core[runtime]==$NEEDED'"
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
command -v "$java" >/dev/null || fail "needs java: set JAVA_HOME to the folder of a JDK."
classpath=$root/local/target/classpath.txt
[ -f "$classpath" ] || fail "needs a built repository: run ./carillon dev --help once."

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# LocalStack downloads DynamoDB Local and a JDK where they are not in these places. It starts
# java -jar DynamoDBLocal.jar with arguments; Maven's DynamoDB Local is the same program in several files.
libraries=$folder/var/lib/localstack/lib
mkdir -p "$libraries/dynamodb-local/2" "$libraries/java/21/bin"
touch "$libraries/dynamodb-local/2/DynamoDBLocal.jar"
cat >"$libraries/java/21/bin/java" <<JAVA
#!/usr/bin/env bash
while [ "\${1:--jar}" != -jar ]; do shift; done
shift 2
exec "$(command -v "$java")" -Xmx512m --enable-native-access=ALL-UNNAMED \\
  -cp "$(cat "$classpath")" software.amazon.dynamodb.services.local.main.ServerRunner "\$@"
JAVA
chmod +x "$libraries/java/21/bin/java"

# In a container of one's own, too, it shall use the folder.
OVERRIDE_IN_DOCKER=0 FILESYSTEM_ROOT=$folder GATEWAY_LISTEN=127.0.0.1:$port SERVICES=dynamodb,sqs,sns DYNAMODB_IN_MEMORY=1 \
  DNS_ADDRESS=0 DISABLE_EVENTS=1 SKIP_SSL_CERT_DOWNLOAD=1 LS_LOG=${LS_LOG:-warn} localstack-supervisor
