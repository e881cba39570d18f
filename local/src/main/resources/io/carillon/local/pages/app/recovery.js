import { count } from './dom.js';

/** Server replies are cut at 128 KB; what does not fit follows in pushes. Frames hold more than the data alone. */
const MAY_BE_CUT = 48 * 1024;

/** What one recovery has brought so far. */
export class Recovery {
  number = 0;
  first;
  last;
  /** The offset that the last missed publication has; undefined while only the reply is being read. */
  until;
  /** Whether the reply is read, so that the rest comes in pushes. */
  isLate = false;
  #size = 0;

  constructor(from) {
    this.from = from;
  }

  take({ offset, data }) {
    this.first ??= offset;
    this.last = offset;
    this.number++;
    this.#size += JSON.stringify(data).length;
  }

  /** Called when the reply is read: says whether it may have been too small for all. */
  mayGoOn() {
    this.isLate = true;
    return this.#size > MAY_BE_CUT;
  }

  toString() {
    return this.number === 0
      ? `nothing missed after offset ${this.from}`
      : `${count(this.number, 'publication')}, offset ${this.first} to ${this.last}`;
  }
}
