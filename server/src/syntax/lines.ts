/** Line starts of a text, for look-ups by line. */
export class Lines {
  private readonly starts: number[] = [0];

  constructor(readonly text: string) {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.starts.push(at + 1);
  }

  get count(): number {
    return this.starts.length;
  }

  /** Line of an offset, from 0. */
  lineOf(offset: number): number {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  startOf(line: number): number {
    return this.starts[Math.max(0, Math.min(line, this.starts.length - 1))] ?? 0;
  }

  /** The line without its end. */
  textOf(line: number): string {
    if (line < 0 || line >= this.starts.length) return '';
    const end = this.starts[line + 1] ?? this.text.length + 1;
    const text = this.text.slice(this.startOf(line), end - 1);
    return text.endsWith('\r') ? text.slice(0, -1) : text;
  }
}
