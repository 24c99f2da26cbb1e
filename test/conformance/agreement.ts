/** Counts agreement with the recordings by QEMU release, librados release and topic. */
import { differences } from './compare.js';
import type { Recording } from './recordings.js';

export interface Disagreement {
  readonly recording: Recording;
  readonly differences: readonly string[];
}

interface Count {
  agreed: number;
  all: number;
}

export class Agreement {
  readonly disagreements: Disagreement[] = [];
  private readonly tables = {
    'QEMU release': new Map<string, Count>(),
    'librados release': new Map<string, Count>(),
    topic: new Map<string, Count>(),
  };
  private readonly total: Count = { agreed: 0, all: 0 };

  /** `run` takes a case and gives its result; a throw counts as a disagreement. */
  add(recording: Recording, run: (given: unknown) => unknown): void {
    const found = tryCompare(recording, run);
    const rows = [
      this.total,
      row(this.tables['QEMU release'], recording.qemu),
      row(this.tables['librados release'], recording.librbd),
      row(this.tables.topic, recording.topic),
    ];
    for (const count of rows) {
      count.all += 1;
      if (found.length === 0) count.agreed += 1;
    }
    if (found.length > 0) this.disagreements.push({ recording, differences: found });
  }

  /** The tables, side by side in text. */
  report(): string {
    const lines = [`agreement with the recordings: ${counted(this.total)}`];
    for (const [name, table] of Object.entries(this.tables)) {
      lines.push(`  by ${name}`);
      const rows = [...table].sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }));
      for (const [key, count] of rows) lines.push(`    ${key.padEnd(28)} ${counted(count)}`);
    }
    return lines.join('\n');
  }
}

/** A disagreement for people: the case, what was found, what was recorded. */
export function describeDisagreement({ recording, differences: found }: Disagreement): string {
  const files = JSON.stringify(recording.given['files'] ?? {});
  const env = JSON.stringify(recording.given['env'] ?? {});
  return [
    `${recording.id} (${recording.about}): QEMU ${recording.qemu}, librados ${recording.librbd}`,
    `  args  ${recording.args.map((arg) => JSON.stringify(arg)).join(' ')}`,
    `  files ${files.length > 600 ? `${files.slice(0, 600)}…` : files}${env === '{}' ? '' : `\n  env   ${env}`}`,
    ...found.slice(0, 8).map((line) => `  - ${line}`),
    ...(found.length > 8 ? [`  - and ${found.length - 8} more`] : []),
  ].join('\n');
}

function tryCompare(recording: Recording, run: (given: unknown) => unknown): readonly string[] {
  try {
    return differences(recording, run(recording.given));
  } catch (error) {
    return [`it threw: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`];
  }
}

function row(table: Map<string, Count>, key: string): Count {
  const found = table.get(key) ?? { agreed: 0, all: 0 };
  table.set(key, found);
  return found;
}

function counted({ agreed, all }: Count): string {
  const share = all === 0 ? 100 : Math.floor((agreed / all) * 10_000) / 100;
  return `${String(agreed).padStart(6)} of ${String(all).padStart(6)}  ${share.toFixed(2).padStart(6)} %`;
}
