/** `.rbdcacherc` in the folders above a document: the nearest one that speaks of something decides it. */
import * as l10n from '@vscode/l10n';
import { displayName, joinAddress, parentAddress } from './address.js';
import { NOTHING_STATED, outputs, type StatedCluster } from './cluster-settings.js';
import { parseRcFile, RC_FILE_NAME, type RcFile } from './rc-file.js';
import type { SeverityChoice } from './settings.js';
import type { Texts } from './texts.js';

export interface RcSettings {
  readonly releases: RcFile['releases'];
  /** As written, with the folder that it is relative to. */
  readonly root: { readonly written: string; readonly base: string } | undefined;
  readonly cephConf: string | undefined;
  readonly severity: ReadonlyMap<string, SeverityChoice>;
  /** Of all folders above. */
  readonly allowedOptions: readonly string[];
  readonly environment: ReadonlyMap<string, string>;
  readonly cluster: StatedCluster;
  /** What could not be taken, one sentence each. */
  readonly problems: readonly string[];
}

const NOTHING: RcSettings = {
  releases: { qemu: undefined, librbd: undefined, vendor: undefined },
  root: undefined,
  cephConf: undefined,
  severity: new Map(),
  allowedOptions: [],
  environment: new Map(),
  cluster: NOTHING_STATED,
  problems: [],
};

export class RcFiles {
  /** By folder. */
  private readonly known = new Map<string, RcSettings>();

  constructor(
    private readonly texts: Texts,
    private readonly isRule: (id: string) => boolean,
    private readonly say: (message: string) => void,
  ) {}

  of(address: string): RcSettings {
    const folder = parentAddress(address);
    return folder === null ? NOTHING : this.inFolder(folder);
  }

  forget(): void {
    this.known.clear();
  }

  private inFolder(folder: string): RcSettings {
    const known = this.known.get(folder);
    if (known !== undefined) return known;
    const above = parentAddress(folder);
    const inherited = above === null ? NOTHING : this.inFolder(above);
    const address = joinAddress(folder, RC_FILE_NAME);
    const content = this.texts.read(address);
    let settings = inherited;
    if (content.status === 'file') settings = this.merge(address, folder, content.text, inherited);
    else if (content.status === 'unreadable')
      this.say(l10n.t('{0}: {1}; not read.', displayName(address, []), content.reason));
    this.known.set(folder, settings);
    return settings;
  }

  private merge(address: string, folder: string, text: string, inherited: RcSettings): RcSettings {
    const { config, problems } = parseRcFile(text, this.isRule);
    const messages = problems.map(
      ({ line, message }) => `${displayName(address, [])}${line === null ? '' : `:${line}`}: ${message}`,
    );
    for (const message of messages) this.say(message);
    return {
      releases: {
        qemu: config.releases.qemu ?? inherited.releases.qemu,
        librbd: config.releases.librbd ?? inherited.releases.librbd,
        vendor: config.releases.vendor ?? inherited.releases.vendor,
      },
      root: config.files.root === undefined ? inherited.root : { written: config.files.root, base: folder },
      cephConf: config.files.cephConf ?? inherited.cephConf,
      severity: new Map([...inherited.severity, ...config.severity]),
      allowedOptions: [...inherited.allowedOptions, ...config.allowedOptions],
      environment: new Map([...inherited.environment, ...config.environment]),
      cluster: {
        monitors:
          config.cluster.monitors === undefined
            ? inherited.cluster.monitors
            : { written: config.cluster.monitors, base: folder },
        pools: new Map([...inherited.cluster.pools, ...outputs(config.cluster.pools, folder)]),
        images: new Map([...inherited.cluster.images, ...outputs(config.cluster.images, folder)]),
      },
      problems: [...inherited.problems, ...messages],
    };
  }
}
