/** Makes an element; attributes of undefined or false are left out, and children may be strings. */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) {
      made.setAttribute(name, value === true ? '' : value);
    }
  }
  made.append(...children);
  return made;
}

export function byId(id) {
  return document.getElementById(id);
}

const TOKEN = /"(?:\\.|[^"\\])*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/**
 * Lays JSON out over lines, with its parts marked. Works on the text and not on the parsed value, so that numbers and
 * the order of keys stay as they were sent. What is not JSON is shown as it is.
 */
export function prettyJson(text) {
  const out = document.createDocumentFragment();
  const tokens = text.match(TOKEN) ?? [];
  let depth = 0;
  tokens.forEach((token, i) => {
    const next = tokens[i + 1];
    const before = tokens[i - 1];
    if (token === '}' || token === ']') {
      depth--;
      out.append(before === '{' || before === '[' ? token : newLine(depth) + token);
    } else if (token === '{' || token === '[') {
      depth++;
      out.append(next === '}' || next === ']' ? token : token + newLine(depth));
    } else if (token === ',') {
      out.append(token + newLine(depth));
    } else if (token === ':') {
      out.append(': ');
    } else {
      out.append(element('span', { class: kind(token, next) }, token));
    }
  });
  return out;
}

function newLine(depth) {
  return '\n' + '  '.repeat(Math.max(0, depth));
}

function kind(token, next) {
  if (!token.startsWith('"')) {
    return 'json-literal';
  }
  return next === ':' ? 'json-key' : 'json-text';
}

/** The local time of day, such as 09:05:07. */
export function timeOfDay(date, withMillis = false) {
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map(n => String(n).padStart(2, '0')).join(':');
  return withMillis ? `${time}.${String(date.getMilliseconds()).padStart(3, '0')}` : time;
}

export function count(number, one, many = one + 's') {
  return `${number} ${number === 1 ? one : many}`;
}
