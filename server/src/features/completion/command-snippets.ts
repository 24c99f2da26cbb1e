/** Whole drives to start from. What becomes of each is asked of the simulation, not stated. */
import * as l10n from '@vscode/l10n';
import { qemuBehaviour } from '../../catalog/qemu-behaviour.js';
import type { QemuRelease } from '../../catalog/releases.js';
import type { DriveTrace, ReleasePair } from '../../simulate/model.js';
import { simulateCommand } from '../../simulate/simulate.js';
import { MappedText } from '../../syntax/mapped-text.js';
import { NO_SURROUNDINGS } from '../no-surroundings.js';
import { outcomeTitle } from '../outcome-words.js';
import { type CompletionView, item, plainSnippet } from './view.js';

interface Recipe {
  readonly label: string;
  readonly snippet: string;
}

/** Modes in which a disk is safe as long as the guest flushes what it must not lose; the quickest first. */
const MODES = ['writeback', 'none', 'writethrough', 'directsync'] as const;
type Mode = (typeof MODES)[number];

function recipe(release: QemuRelease, mode: Mode): Recipe {
  return qemuBehaviour(release).blockdev ? asNode(mode) : asDrive(release, mode);
}

/** `cache.writeback` is the device's to say. */
function asNode(mode: Mode): Recipe {
  const direct = mode === 'none' || mode === 'directsync' ? 'on' : 'off';
  const shown = mode === 'writethrough' || mode === 'directsync' ? ',write-cache=off' : '';
  const node =
    'driver=rbd,node-name=${1:disk0},pool=${2:rbd},image=${3:image},user=${4:admin}' +
    `,discard=unmap,cache.direct=${direct},cache.no-flush=off`;
  const cache = shown === '' ? `cache.direct=${direct}` : `cache.direct=${direct}${shown}`;
  return { label: `-blockdev rbd, ${cache}`, snippet: `-blockdev ${node} -device virtio-blk-pci,drive=$1${shown}` };
}

function asDrive(release: QemuRelease, mode: Mode): Recipe {
  const { name } = qemuBehaviour(release);
  const id = name.id === 'none' ? '' : ':id=${4:admin}';
  const drive = `file=rbd:\${2:rbd}/\${3:image}${id},if=none,id=\${1:disk0},format=raw,cache=${mode}`;
  return { label: `-drive rbd, cache=${mode}`, snippet: `-drive ${drive} -device virtio-blk-pci,drive=$1` };
}

/** Drives that no crash can cost more than the guest left unflushed, in this pair of releases and without a ceph.conf. */
export const commandSnippets = (() => {
  const known = new WeakMap<ReleasePair, readonly CompletionView[]>();
  return (releases: ReleasePair): readonly CompletionView[] => {
    const made = known.get(releases) ?? make(releases);
    known.set(releases, made);
    return made;
  };
})();

function make(releases: ReleasePair): readonly CompletionView[] {
  const safe = MODES.flatMap((mode) => {
    const { label, snippet } = recipe(releases.qemu, mode);
    const text = plainSnippet(snippet);
    const trace = simulated(text, releases);
    if (trace === undefined || trace.error !== null || trace.outcome === null) return [];
    if (trace.outcome.safety === 'unsafe') return [];
    return [{ label, snippet, text, title: outcomeTitle({ trace, text }) }];
  });
  return safe.slice(0, MOST_SNIPPETS).map(({ label, snippet, text, title }, rank) =>
    item({
      label: l10n.t('safe drive: {0}', label),
      kind: 'snippet',
      detail: title,
      newText: text,
      snippet,
      filter: `-${label.slice(1)}`,
      topic: { about: 'snippet', name: 'drive' },
      rank: 20 + rank,
    }),
  );
}

const MOST_SNIPPETS = 2;

function simulated(text: string, releases: ReleasePair): DriveTrace | undefined {
  const args = text.split(' ').map((word) => MappedText.verbatim(word));
  return simulateCommand({ args, releases, ...NO_SURROUNDINGS }).drives[0];
}
