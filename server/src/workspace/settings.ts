/** The settings of a folder, as an editor sends them: parsed, never believed. */
import * as l10n from '@vscode/l10n';
import { VENDORS, type Vendor } from '../catalog/releases.js';
import { redact } from '../features/redact.js';
import type { Severity } from '../rules/rule.js';
import { isRecord } from '../syntax/record.js';

export type SeverityChoice = Severity | 'off';
const SEVERITIES: readonly SeverityChoice[] = ['error', 'warning', 'information', 'hint', 'off'];

/** Which inlay hints are shown. */
export interface InlayHintSettings {
  /** Of each drive. */
  readonly outcome: boolean;
  /** What is in force where a value loses. */
  readonly effectiveValues: boolean;
  /** Sizes in human units. */
  readonly bytes: boolean;
}

export interface Settings {
  /** As written; empty where nothing was said. */
  readonly qemuVersion: string;
  readonly librbdVersion: string;
  readonly vendor: Vendor | null;
  /** Folder that stands for the root of the machine that QEMU runs on; empty: guessed. */
  readonly root: string;
  /** `$CEPH_CONF` of the QEMU process; empty: not set. */
  readonly cephConf: string;
  readonly readHostFiles: boolean;
  /** What else QEMU inherits, such as `CEPH_ARGS`. */
  readonly environment: ReadonlyMap<string, string>;
  /** Outputs of the cluster's own commands, or the names of files that hold them. */
  readonly cluster: SettingsCluster;
  readonly inlayHints: InlayHintSettings;
  readonly codeLens: boolean;
  readonly severity: ReadonlyMap<string, SeverityChoice>;
  /** Names in ceph.conf that are no mistake though no release knows them. */
  readonly allowedOptions: readonly string[];
}

export interface SettingsCluster {
  /** `ceph config dump`; empty: nobody looked. */
  readonly monitors: string;
  /** `rbd config pool list`, by pool. */
  readonly pools: ReadonlyMap<string, string>;
  /** `rbd config image list`, by `pool/image`. */
  readonly images: ReadonlyMap<string, string>;
}

const ALL_HINTS: InlayHintSettings = { outcome: true, effectiveValues: true, bytes: true };
const NO_HINTS: InlayHintSettings = { outcome: false, effectiveValues: false, bytes: false };

export const DEFAULT_SETTINGS: Settings = {
  qemuVersion: '',
  librbdVersion: '',
  vendor: null,
  root: '',
  cephConf: '',
  readHostFiles: false,
  environment: new Map(),
  cluster: { monitors: '', pools: new Map(), images: new Map() },
  inlayHints: ALL_HINTS,
  codeLens: true,
  severity: new Map(),
  allowedOptions: [],
};

export interface ParsedSettings {
  readonly settings: Settings;
  /** One sentence for each setting that could not be taken; its default is in force. */
  readonly complaints: readonly string[];
}

/** Takes the content of the `rbdcache` section. Versions given as numbers (`2.2`) are taken as their text. */
export function parseSettings(raw: unknown): ParsedSettings {
  const complaints: string[] = [];
  if (raw === null || raw === undefined) return { settings: DEFAULT_SETTINGS, complaints };
  if (!isRecord(raw)) {
    return {
      settings: DEFAULT_SETTINGS,
      complaints: [l10n.t('The settings are not an object; the defaults are in force.')],
    };
  }
  const complain = (name: string, expected: string, got: unknown) => {
    complaints.push(
      l10n.t(
        '{0} must be {1}, not {2}; its default is in force.',
        `rbdcache.${name}`,
        expected,
        redact(JSON.stringify(got) ?? typeof got),
      ),
    );
  };
  const text = (name: string): string => {
    const value = raw[name];
    if (value === undefined || value === null) return '';
    if (typeof value === 'string') return value.trim();
    complain(name, l10n.t('a text'), value);
    return '';
  };
  const version = (name: string): string => {
    const value = raw[name];
    return typeof value === 'number' && Number.isFinite(value) ? String(value) : text(name);
  };
  return {
    settings: {
      qemuVersion: version('qemuVersion'),
      librbdVersion: version('librbdVersion'),
      vendor: parseVendor(raw['vendor'], complain),
      root: text('root'),
      cephConf: text('cephConf'),
      readHostFiles: parseBoolean(raw['readHostFiles'], 'readHostFiles', false, complain),
      environment: parseTexts(raw['environment'], 'environment', complain),
      cluster: parseCluster(raw['cluster'], complain),
      inlayHints: parseInlayHints(raw['inlayHints'], complain),
      codeLens: parseSwitch(raw['codeLens'], 'codeLens', complain),
      severity: parseSeverities(raw['severity'], complain),
      allowedOptions: parseNames(raw['allowedOptions'], 'allowedOptions', complain),
    },
    complaints,
  };
}

type Complain = (name: string, expected: string, got: unknown) => void;

function parseVendor(value: unknown, complain: Complain): Vendor | null {
  if (value === undefined || value === null || value === '') return null;
  const vendor = VENDORS.find((known) => known === value);
  if (vendor === undefined) complain('vendor', l10n.t('one of {0}', VENDORS.join(', ')), value);
  return vendor ?? null;
}

function parseBoolean(value: unknown, name: string, otherwise: boolean, complain: Complain): boolean {
  if (value === undefined || value === null) return otherwise;
  if (typeof value === 'boolean') return value;
  complain(name, l10n.t('true or false'), value);
  return otherwise;
}

function parseCluster(value: unknown, complain: Complain): SettingsCluster {
  const { cluster } = DEFAULT_SETTINGS;
  if (value === undefined || value === null) return cluster;
  if (!isRecord(value)) {
    complain('cluster', l10n.t('an object'), value);
    return cluster;
  }
  const { monitors } = Object.fromEntries(parseTexts({ monitors: value['monitors'] ?? '' }, 'cluster', complain));
  return {
    monitors: monitors ?? '',
    pools: parseTexts(value['pools'], 'cluster.pools', complain),
    images: parseTexts(value['images'], 'cluster.images', complain),
  };
}

function parseTexts(value: unknown, name: string, complain: Complain): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  if (value === undefined || value === null) return texts;
  if (!isRecord(value)) {
    complain(name, l10n.t('an object of texts'), value);
    return texts;
  }
  for (const [key, text] of Object.entries(value)) {
    if (typeof text === 'string') texts.set(key, text);
    else complain(`${name}.${key}`, l10n.t('a text'), text);
  }
  return texts;
}

/** `true`, `false`, or an object whose `enabled` says it. */
function parseSwitch(value: unknown, name: string, complain: Complain): boolean {
  if (isRecord(value)) return parseBoolean(value['enabled'], `${name}.enabled`, true, complain);
  return parseBoolean(value, name, true, complain);
}

/** `enabled` is the master switch of all kinds. */
function parseInlayHints(value: unknown, complain: Complain): InlayHintSettings {
  const enabled = parseSwitch(value, 'inlayHints', complain);
  const kind = (name: keyof InlayHintSettings): boolean =>
    !isRecord(value) || parseBoolean(value[name], `inlayHints.${name}`, true, complain);
  const kinds = { outcome: kind('outcome'), effectiveValues: kind('effectiveValues'), bytes: kind('bytes') };
  return enabled ? kinds : NO_HINTS;
}

function parseSeverities(value: unknown, complain: Complain): ReadonlyMap<string, SeverityChoice> {
  const choices = new Map<string, SeverityChoice>();
  if (value === undefined || value === null) return choices;
  if (!isRecord(value)) {
    complain('severity', l10n.t('an object of rule and severity'), value);
    return choices;
  }
  for (const [rule, wanted] of Object.entries(value)) {
    const choice = severityChoice(wanted);
    if (choice === undefined) complain(`severity.${rule}`, l10n.t('one of {0}', SEVERITIES.join(', ')), wanted);
    else choices.set(rule, choice);
  }
  return choices;
}

/** A list of texts; anything else in it is named and left out. */
function parseNames(value: unknown, name: string, complain: Complain): readonly string[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) {
    complain(name, l10n.t('a list of names'), value);
    return [];
  }
  const names: string[] = [];
  for (const entry of value) {
    const text = typeof entry === 'string' ? entry.trim() : '';
    if (text === '') complain(name, l10n.t('a list of names'), entry);
    else names.push(text);
  }
  return names;
}

/** `error`, `warning`, `information`, `hint` or `off`; undefined for anything else. */
export function severityChoice(value: unknown): SeverityChoice | undefined {
  return SEVERITIES.find((known) => known === value);
}
