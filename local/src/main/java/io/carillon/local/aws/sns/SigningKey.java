package io.carillon.local.aws.sns;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.UUID;

/**
 * Holds a key pair of this run alone, and the certificate that receivers verify with. Safe for use by several threads.
 *
 * @param key signs
 * @param certificate vouches for the key by itself, since no authority would
 */
record SigningKey(PrivateKey key, Certificate certificate) {

    private static final String ALIAS = "sns";
    private static final int LINE = 64;

    /**
     * Makes a key pair with the JDK's own keytool, which alone in a JDK writes certificates; it takes about a second.
     *
     * @throws IllegalStateException if keytool does not do it
     */
    static SigningKey make() {
        try {
            var directory = Files.createTempDirectory("carillon-sns");
            var store = directory.resolve("sns.p12");
            var password = UUID.randomUUID().toString();
            try {
                runKeytool(store, password);
                return read(store, password.toCharArray());
            } finally {
                Files.deleteIfExists(store);
                Files.delete(directory);
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("The local SNS could not make a key to sign with: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the local SNS made its key", e);
        }
    }

    /** Signs with SHA-256 and RSA, which is SNS's signature version 2, and gives the signature as Base64. */
    String sign(String text) {
        try {
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK signs with SHA256withRSA", e);
        }
    }

    /** Gives the certificate in the form of a {@code .pem} file. */
    String pem() {
        try {
            var lines = Base64.getMimeEncoder(LINE, "\n".getBytes(StandardCharsets.US_ASCII));
            return "-----BEGIN CERTIFICATE-----\n" + lines.encodeToString(certificate.getEncoded())
                    + "\n-----END CERTIFICATE-----\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A certificate that was read can be written", e);
        }
    }

    private static void runKeytool(Path store, String password) throws IOException, InterruptedException {
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        var builder = new ProcessBuilder(
                        keytool.toString(),
                        "-genkeypair",
                        "-keyalg",
                        "RSA",
                        "-keysize",
                        "2048",
                        "-sigalg",
                        "SHA256withRSA",
                        "-validity",
                        "365",
                        "-dname",
                        "CN=The local SNS of Carillon",
                        "-alias",
                        ALIAS,
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass:env",
                        "CARILLON_STORE")
                .redirectErrorStream(true);
        builder.environment().put("CARILLON_STORE", password);
        var process = builder.start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(keytool + " failed: " + said.strip());
        }
    }

    private static SigningKey read(Path store, char[] password) throws IOException, GeneralSecurityException {
        try (InputStream file = Files.newInputStream(store)) {
            var keys = KeyStore.getInstance("PKCS12");
            keys.load(file, password);
            return new SigningKey((PrivateKey) keys.getKey(ALIAS, password), keys.getCertificate(ALIAS));
        }
    }
}
