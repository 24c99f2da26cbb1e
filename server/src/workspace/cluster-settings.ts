/** What the user knows of the cluster: outputs of its own commands, pasted into settings or kept in files. */
import * as l10n from '@vscode/l10n';
import type { ClusterSettings, ImageName } from '../simulate/model.js';
import { parseConfigDump } from '../syntax/cluster-settings/config-dump.js';
import { parseRbdConfig } from '../syntax/cluster-settings/rbd-config.js';
import type { StatedValue } from '../syntax/cluster-settings/stated.js';
import { addressNamed, displayName } from './address.js';
import type { Texts } from './texts.js';

/** An output: its text, or the name of the file that holds it. */
export interface StatedOutput {
  readonly written: string;
  /** Folder that a relative name of a file starts from. */
  readonly base: string;
}

/** Which outputs there are; pools by their name, images as `pool/image` or `pool/namespace/image`. */
export interface StatedCluster {
  readonly monitors: StatedOutput | undefined;
  readonly pools: ReadonlyMap<string, StatedOutput>;
  readonly images: ReadonlyMap<string, StatedOutput>;
}

export const NOTHING_STATED: StatedCluster = { monitors: undefined, pools: new Map(), images: new Map() };

export function outputs(written: ReadonlyMap<string, string>, base: string): ReadonlyMap<string, StatedOutput> {
  return new Map([...written].map(([name, one]) => [name, { written: one, base }]));
}

/** The outputs themselves, read. */
export interface ClusterOutputs {
  readonly monitors: string | null;
  readonly pools: readonly (readonly [string, string])[];
  readonly images: readonly (readonly [string, string])[];
}

/** Null where nothing is stated. `say` is told of outputs that are not there. */
export function readOutputs(
  { monitors, pools, images }: StatedCluster,
  texts: Texts,
  say: (message: string) => void,
): ClusterOutputs | null {
  const read = (name: string, output: StatedOutput): (readonly [string, string])[] => {
    const text = outputText(output, texts);
    if (typeof text === 'string') return [[name, text]];
    say(`${name}: ${text.problem}`);
    return [];
  };
  const dump = monitors === undefined ? [] : read('ceph config dump', monitors);
  const outputsRead = {
    monitors: dump[0]?.[1] ?? null,
    pools: [...pools].flatMap(([name, output]) => read(name, output)),
    images: [...images].flatMap(([name, output]) => read(name, output)),
  };
  const nothing = outputsRead.monitors === null && outputsRead.pools.length + outputsRead.images.length === 0;
  return nothing ? null : outputsRead;
}

/** What the outputs say. `say` is told of texts that are none. */
export function clusterSettings(outputsRead: ClusterOutputs, say: (message: string) => void): ClusterSettings {
  const taken = <T extends { readonly unreadable: boolean }>(command: string, parsed: T): T | null => {
    if (!parsed.unreadable) return parsed;
    say(l10n.t('This is no output of {0}; it is passed over.', `\`${command}\``));
    return null;
  };
  const { monitors } = outputsRead;
  const dump = monitors === null ? null : taken('ceph config dump', parseConfigDump(monitors));
  const pools = new Map<string, readonly StatedValue[]>();
  const images = new Map<string, readonly StatedValue[]>();
  for (const [name, list] of outputsRead.pools) {
    const parsed = taken(`rbd config pool list ${name}`, parseRbdConfig(list, 'pool'));
    if (parsed !== null) pools.set(name, parsed.pool);
  }
  for (const [name, list] of outputsRead.images) {
    const parsed = taken(`rbd config image list ${name}`, parseRbdConfig(list, 'image'));
    if (parsed === null) continue;
    images.set(name, parsed.image);
    const pool = name.split('/')[0] ?? '';
    if (parsed.showsPool && !pools.has(pool)) pools.set(pool, parsed.pool);
  }
  return {
    ofMonitors: dump?.values ?? null,
    ofPool: (pool) => pools.get(pool) ?? null,
    ofImage: (image) => images.get(specOf(image)) ?? null,
  };
}

/** `pool/image`, `pool/namespace/image`. */
function specOf({ pool, namespace, image }: ImageName): string {
  return [pool, ...(namespace === '' ? [] : [namespace]), image].join('/');
}

/** What several lines, or JSON, make is an output itself. */
function outputText({ written, base }: StatedOutput, texts: Texts): string | { readonly problem: string } {
  if (/[\r\n]|^\s*[[{]/.test(written)) return written;
  const address = addressNamed(written, base);
  const content = texts.read(address);
  if (content.status === 'file') return content.text;
  const why =
    content.status === 'unreadable' || content.status === 'refused' ? content.reason : l10n.t('there is no such file');
  return { problem: `${displayName(address, [base])}: ${why}` };
}
