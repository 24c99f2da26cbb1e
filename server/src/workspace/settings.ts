/** The settings of a folder, as an editor sends them: parsed, never believed. */
import { VENDORS, type Vendor } from '../catalog/releases.js';
import type { Severity } from '../rules/rule.js';

export type SeverityChoice = Severity | 'off';
const SEVERITIES: readonly SeverityChoice[] = ['error', 'warning', 'information', 'hint', 'off'];

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
  readonly inlayHints: boolean;
  readonly severity: ReadonlyMap<string, SeverityChoice>;
}

export const DEFAULT_SETTINGS: Settings = {
  qemuVersion: '',
  librbdVersion: '',
  vendor: null,
  root: '',
  cephConf: '',
  readHostFiles: false,
  inlayHints: true,
  severity: new Map(),
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
    return { settings: DEFAULT_SETTINGS, complaints: ['The settings are not an object; the defaults are in force.'] };
  }
  const complain = (name: string, expected: string, got: unknown) => {
    complaints.push(
      `rbdcache.${name} must be ${expected}, not ${JSON.stringify(got) ?? typeof got}; its default is in force.`,
    );
  };
  const text = (name: string): string => {
    const value = raw[name];
    if (value === undefined || value === null) return '';
    if (typeof value === 'string') return value.trim();
    complain(name, 'a text', value);
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
      inlayHints: parseInlayHints(raw['inlayHints'], complain),
      severity: parseSeverities(raw['severity'], complain),
    },
    complaints,
  };
}

type Complain = (name: string, expected: string, got: unknown) => void;

function parseVendor(value: unknown, complain: Complain): Vendor | null {
  if (value === undefined || value === null || value === '') return null;
  const vendor = VENDORS.find((known) => known === value);
  if (vendor === undefined) complain('vendor', `one of ${VENDORS.join(', ')}`, value);
  return vendor ?? null;
}

function parseBoolean(value: unknown, name: string, otherwise: boolean, complain: Complain): boolean {
  if (value === undefined || value === null) return otherwise;
  if (typeof value === 'boolean') return value;
  complain(name, 'true or false', value);
  return otherwise;
}

function parseInlayHints(value: unknown, complain: Complain): boolean {
  if (isRecord(value)) return parseBoolean(value['enabled'], 'inlayHints.enabled', true, complain);
  return parseBoolean(value, 'inlayHints', true, complain);
}

function parseSeverities(value: unknown, complain: Complain): ReadonlyMap<string, SeverityChoice> {
  const choices = new Map<string, SeverityChoice>();
  if (value === undefined || value === null) return choices;
  if (!isRecord(value)) {
    complain('severity', 'an object of rule and severity', value);
    return choices;
  }
  for (const [rule, wanted] of Object.entries(value)) {
    const choice = severityChoice(wanted);
    if (choice === undefined) complain(`severity.${rule}`, `one of ${SEVERITIES.join(', ')}`, wanted);
    else choices.set(rule, choice);
  }
  return choices;
}

/** `error`, `warning`, `information`, `hint` or `off`; undefined for anything else. */
export function severityChoice(value: unknown): SeverityChoice | undefined {
  return SEVERITIES.find((known) => known === value);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
