import type { ProcessEnvironment } from '../simulate/model.js';
import type { ConfDocumentAnalysis } from '../workspace/analysis-model.js';
import { type ModeOutcome, outcomesByCacheMode } from './answer-modes.js';

/** Outcomes by cache mode, made once for each version of a ceph.conf and client. */
export class ModeOutcomes {
  private readonly known = new WeakMap<ConfDocumentAnalysis, Map<string, readonly ModeOutcome[]>>();

  of(analysis: ConfDocumentAnalysis, client: string, environment: ProcessEnvironment): readonly ModeOutcome[] {
    const byClient = this.known.get(analysis) ?? new Map<string, readonly ModeOutcome[]>();
    this.known.set(analysis, byClient);
    const known = byClient.get(client);
    if (known !== undefined) return known;
    const made = outcomesByCacheMode(analysis.file, analysis.releases, environment, client);
    if (byClient.size >= MAX_CLIENTS) byClient.clear();
    byClient.set(client, made);
    return made;
  }
}

/** Sections whose clients are remembered for one version of a file. */
const MAX_CLIENTS = 50;
