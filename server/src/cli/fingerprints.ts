/**
 * Names for findings that stay the same when lines above are added or taken away: what is said of which words of which
 * drive or section, and the how manieth of its kind it is.
 */
import { createHash } from 'node:crypto';
import type { DocumentAnalysis, PlacedFinding, SkippedDocument } from '../features/analysis-model.js';
import { redact } from '../features/redact.js';

type HeardDocument = Exclude<DocumentAnalysis, SkippedDocument>;

interface Part {
  readonly start: number;
  readonly name: string;
}

/** Of each finding of a document; those that a comment turns off are counted with the others, so that a comment renames none. */
export function fingerprintsIn(analysis: HeardDocument): ReadonlyMap<PlacedFinding, string> {
  const fingerprints = new Fingerprints(analysis);
  const all = [...analysis.findings, ...analysis.suppressed.map(({ finding }) => finding)];
  if (analysis.suppressed.length > 0) all.sort(({ span: a }, { span: b }) => a.start - b.start || a.end - b.end);
  return new Map(all.map((finding) => [finding, fingerprints.of(finding)]));
}

class Fingerprints {
  private readonly seen = new Map<string, number>();
  private readonly parts: readonly Part[];

  constructor(private readonly analysis: HeardDocument) {
    this.parts = partsOf(analysis);
  }

  /** To be asked once for each finding, in their order. The secret in a text has no part in it. */
  of({ rule, span }: PlacedFinding): string {
    const words = redact(this.analysis.text.slice(span.start, span.end)).replace(/\s+/g, ' ').trim();
    const hash = createHash('sha256')
      .update(JSON.stringify([rule, this.partAt(span.start), words]))
      .digest('hex')
      .slice(0, 16);
    const count = (this.seen.get(hash) ?? 0) + 1;
    this.seen.set(hash, count);
    return `${hash}:${count}`;
  }

  /** The drive or section that an offset stands in, or behind. */
  private partAt(offset: number): string {
    let low = 0;
    let high = this.parts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.parts[middle]?.start ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    return this.parts[low - 1]?.name ?? '';
  }
}

function partsOf(analysis: HeardDocument): readonly Part[] {
  switch (analysis.kind) {
    case 'command':
      return analysis.commands
        .flatMap(({ base, trace }) =>
          trace.drives.map(({ syntax, image }) => ({
            start: base + syntax.flagSpan.start,
            name: redact(JSON.stringify([syntax.id, image.pool, image.namespace, image.image, image.snapshot])),
          })),
        )
        .sort((a, b) => a.start - b.start);
    case 'conf':
      return analysis.tree.nodes.flatMap((node) =>
        node.kind === 'section' ? [{ start: node.span.start, name: node.name }] : [],
      );
  }
}
