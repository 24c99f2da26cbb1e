/** What a document's drives are judged by besides their own text: releases, the machine's root and files, environment. */
import * as l10n from '@vscode/l10n';
import type { Notice, Root } from '../features/analysis-model.js';
import type { ReleasesInForce } from '../features/releases.js';
import type { ClusterSettings, ProcessEnvironment, ReleasePair } from '../simulate/model.js';
import { type Directives, directiveValue } from '../syntax/directives.js';
import { clusterSettings, outputs, readOutputs, type StatedCluster } from './cluster-settings.js';
import { HostFiles } from './host-files.js';
import type { RcSettings } from './rc-files.js';
import { type ReleaseStatements, releasesInComment, releasesInForce } from './releases-in-force.js';
import { configuredRoot, guessRoot } from './root.js';
import type { Settings } from './settings.js';
import type { Texts } from './texts.js';

/** What the settings around a document say. */
export interface FolderView {
  readonly settings: Settings;
  readonly rc: RcSettings;
  /** Folder that a relative root in the settings is relative to. */
  readonly base: string;
  /** All but the comment. */
  readonly statements: ReleaseStatements;
}

export interface SurroundingsInput {
  readonly texts: Texts;
  readonly folders: () => readonly string[];
  readonly view: (address: string) => FolderView;
  readonly say: (message: string) => void;
}

/** Statements that are remembered; while a comment is typed, each keystroke makes a new one. */
const MAX_STATEMENTS = 100;

/** Answers are the same objects as long as they say the same, so that runs built on them can be kept. */
export class Surroundings {
  private readonly hosts = new Map<string, HostFiles>();
  private readonly roots = new Map<string, Root | null>();
  private readonly environments = new Map<string, ProcessEnvironment>();
  private readonly clusters = new Map<string, ClusterSettings>();
  private readonly said = new Map<string, ReleasesInForce>();

  constructor(
    private readonly input: SurroundingsInput,
    private readonly base: Surroundings | undefined,
  ) {}

  filesChanged(): void {
    this.hosts.clear();
    this.roots.clear();
  }

  releases(address: string, directives: Directives): ReleasesInForce {
    const statements: ReleaseStatements = {
      ...this.input.view(address).statements,
      comment: releasesInComment(directives),
    };
    const key = JSON.stringify(statements);
    const known = this.said.get(key) ?? this.base?.said.get(key);
    if (known !== undefined) return known;
    const releases = releasesInForce(statements);
    const same = [...this.said.values()].find((other) => samePair(other.pair, releases.pair));
    const shared = same === undefined ? releases : { ...releases, pair: same.pair };
    if (this.said.size >= MAX_STATEMENTS) this.said.clear();
    this.said.set(key, shared);
    return shared;
  }

  rootOf(address: string, view: FolderView): Root | null {
    if (view.rc.root !== undefined) return configuredRoot(view.rc.root.written, view.rc.root.base);
    if (view.settings.root !== '') return configuredRoot(view.settings.root, view.base);
    const folder = address.slice(0, address.lastIndexOf('/') + 1);
    const known = this.roots.get(folder);
    if (known !== undefined) return known;
    const root = guessRoot(address, this.input.folders(), this.input.texts);
    this.roots.set(folder, root);
    return root;
  }

  hostOf(root: Root | null, readHostFiles: boolean): HostFiles {
    const key = `${readHostFiles} ${root?.guessed ?? false} ${root?.standsFor ?? ''} ${root?.address ?? ''}`;
    const known = this.hosts.get(key);
    if (known !== undefined) return known;
    const host = new HostFiles(
      this.input.texts,
      { root, folders: this.input.folders(), readHostFiles },
      this.input.say,
    );
    this.hosts.set(key, host);
    return host;
  }

  environmentOf({ rc, settings }: FolderView): ProcessEnvironment {
    const cephConf = rc.cephConf ?? settings.cephConf;
    const variables = new Map([...settings.environment, ...rc.environment]);
    if (cephConf !== '') variables.set('CEPH_CONF', cephConf);
    const key = JSON.stringify([...variables]);
    const known = this.environments.get(key) ?? this.base?.environments.get(key);
    const environment = known ?? {
      env: Object.fromEntries(variables),
      cwd: '/',
      home: variables.get('HOME') ?? '/root',
      pid: null,
      host: null,
    };
    this.environments.set(key, environment);
    return environment;
  }

  /** What is known of the cluster; undefined where nobody looked. */
  clusterOf({ rc, settings, base }: FolderView): ClusterSettings | undefined {
    const { monitors, pools, images } = settings.cluster;
    const stated: StatedCluster = {
      monitors: rc.cluster.monitors ?? (monitors === '' ? undefined : { written: monitors, base }),
      pools: new Map([...outputs(pools, base), ...rc.cluster.pools]),
      images: new Map([...outputs(images, base), ...rc.cluster.images]),
    };
    if (stated.monitors === undefined && stated.pools.size + stated.images.size === 0) return undefined;
    const read = readOutputs(stated, this.input.texts, this.input.say);
    if (read === null) return undefined;
    const key = JSON.stringify(read);
    const known = this.clusters.get(key) ?? this.base?.clusters.get(key);
    const made = known ?? clusterSettings(read, this.input.say);
    if (this.clusters.size >= MAX_STATEMENTS) this.clusters.clear();
    this.clusters.set(key, made);
    return made;
  }
}

/** What is wrong with the comments that speak to this tool. */
export function noticesOf(directives: Directives, releases: ReleasesInForce): readonly Notice[] {
  const notices: Notice[] = directives.problems.map(({ message, span }) => ({ message, span }));
  for (const key of ['qemu', 'librbd'] as const) {
    const value = directiveValue(directives, key);
    if (value === undefined) continue;
    const { match, label } = releases.pair[key];
    if (releases.sources[key] !== 'comment') {
      const program = key === 'qemu' ? 'QEMU' : 'Ceph';
      const message = l10n.t('“{0}” is no release of {1} that is known.', value.text, program);
      notices.push({ message, span: value.span });
    } else if (match !== 'exact') {
      const message = l10n.t('This release is not in the data; it counts as {0}.', label);
      notices.push({ message, span: value.span });
    }
  }
  return notices;
}

function samePair(a: ReleasePair, b: ReleasePair): boolean {
  return a.qemu.written === b.qemu.written && a.librbd.written === b.librbd.written && a.vendor === b.vendor;
}
