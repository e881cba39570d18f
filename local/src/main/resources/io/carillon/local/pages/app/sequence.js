/** Checks that publications come once and in order, and keeps the position they lead to. */
export class Sequence {
  epoch = '';
  offset;
  missing = 0;
  repeated = 0;

  /** Begins at a position: what follows is the publication after it. */
  begin(position) {
    this.epoch = position?.epoch ?? '';
    this.offset = position?.offset;
  }

  /** Takes a publication's offset; says whether the publication is new. */
  take(offset) {
    if (offset === undefined || this.offset === undefined) {
      return true;
    }
    if (offset <= this.offset) {
      this.repeated++;
      return false;
    }
    this.missing += offset - this.offset - 1;
    this.offset = offset;
    return true;
  }
}
