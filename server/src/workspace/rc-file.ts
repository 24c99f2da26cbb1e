/**
 * `.rbdcacherc`: the project's own settings, an INI file in any folder above the files it speaks of, the same for the
 * editor and the command line.
 *
 *     [releases]
 *     qemu = 2.2
 *     librbd = 0.87
 *     vendor = upstream
 *     [files]
 *     root = ./compute1
 *     ceph_conf = /etc/ceph/west.conf
 *     [environment]
 *     CEPH_ARGS = --rbd-cache=false
 *     [cluster]
 *     monitors = known/config-dump.txt
 *     [pools]
 *     volumes = known/volumes.txt
 *     [images]
 *     volumes/vm1 = known/vm1.txt
 *     [severity]
 *     until-flush-off = error
 *     [options]
 *     allow = site_tier, mytool_*
 */
import * as l10n from '@vscode/l10n';
import { parse } from 'ini';
import { cephRelease, qemuRelease, VENDORS, type Vendor } from '../catalog/releases.js';
import { redact } from '../features/redact.js';
import { isRecord } from '../syntax/record.js';
import { type SeverityChoice, severityChoice } from './settings.js';

export const RC_FILE_NAME = '.rbdcacherc';

export interface RcFile {
  readonly releases: {
    /** As written, and readable as a version; undefined where nothing usable was said. */
    readonly qemu: string | undefined;
    readonly librbd: string | undefined;
    readonly vendor: Vendor | undefined;
  };
  readonly files: {
    /** The folder that stands for the machine's root; relative to the file's own folder. */
    readonly root: string | undefined;
    /** `$CEPH_CONF` of the QEMU process. */
    readonly cephConf: string | undefined;
  };
  readonly severity: ReadonlyMap<string, SeverityChoice>;
  /** Names in ceph.conf that are no mistake though no release knows them. */
  readonly allowedOptions: readonly string[];
  /** What else QEMU inherits. */
  readonly environment: ReadonlyMap<string, string>;
  /** Files that hold outputs of the cluster's own commands, relative to this one's folder. */
  readonly cluster: {
    readonly monitors: string | undefined;
    readonly pools: ReadonlyMap<string, string>;
    readonly images: ReadonlyMap<string, string>;
  };
}

/** Something in the file that was passed over. `line` counts from 1; null where no single line is to blame. */
export interface RcProblem {
  readonly line: number | null;
  readonly message: string;
}

export interface ParsedRcFile {
  readonly config: RcFile;
  readonly problems: readonly RcProblem[];
}

/** Never throws: what cannot be taken is named and passed over. `isRule` tells which rule ids there are. */
export function parseRcFile(text: string, isRule: (id: string) => boolean = () => true): ParsedRcFile {
  const reader = new RcReader(text.startsWith('\uFEFF') ? text.slice(1) : text);
  const config: RcFile = {
    releases: {
      qemu: reader.take(
        'releases',
        'qemu',
        (written) => (qemuRelease(written) ? written : undefined),
        l10n.t('a version of QEMU'),
      ),
      librbd: reader.take(
        'releases',
        'librbd',
        (written) => (cephRelease(written) ? written : undefined),
        l10n.t('a version or name of a Ceph release'),
      ),
      vendor: reader.take(
        'releases',
        'vendor',
        (written) => VENDORS.find((known) => known === written.toLowerCase()),
        l10n.t('one of {0}', VENDORS.join(', ')),
      ),
    },
    files: {
      root: reader.take('files', 'root', anyText, l10n.t('a folder')),
      cephConf: reader.take('files', 'ceph_conf', anyText, l10n.t('a path')),
    },
    severity: reader.severities(isRule),
    allowedOptions: reader.take('options', 'allow', names, l10n.t('a list of names with commas between them')) ?? [],
    environment: reader.texts('environment'),
    cluster: {
      monitors: reader.take('cluster', 'monitors', anyText, l10n.t('a file')),
      pools: reader.texts('pools'),
      images: reader.texts('images'),
    },
  };
  return { config, problems: reader.finish() };
}

function anyText(written: string): string | undefined {
  return written === '' ? undefined : written;
}

function names(written: string): readonly string[] | undefined {
  const found = written.split(',').map((name) => name.trim());
  return found.includes('') ? undefined : found;
}

const SEVERITY_NAMES = 'error, warning, information, hint, off';

class RcReader {
  private readonly sections: ReadonlyMap<string, ReadonlyMap<string, unknown>>;
  private readonly problems: RcProblem[] = [];
  private readonly known = new Map<string, Set<string>>();

  constructor(private readonly text: string) {
    this.sections = this.readSections();
  }

  /** The value of a key; a value that `read` refuses is named as a problem. */
  take<T>(section: string, key: string, read: (written: string) => T | undefined, wanted: string): T | undefined {
    this.expect(section, key);
    const value = this.sections.get(section)?.get(key);
    if (value === undefined) return undefined;
    const taken = typeof value === 'string' ? read(value.trim()) : undefined;
    if (taken === undefined) this.complain(section, key, l10n.t('{0} must be {1}, not {2}', key, wanted, shown(value)));
    return taken;
  }

  /** A section whose keys are names that nobody knows beforehand. */
  texts(section: string): ReadonlyMap<string, string> {
    const texts = new Map<string, string>();
    for (const [key, value] of this.sections.get(section) ?? []) {
      this.expect(section, key);
      if (typeof value === 'string') texts.set(key, value.trim());
      else this.complain(section, key, l10n.t('{0} must be {1}, not {2}', key, l10n.t('a text'), shown(value)));
    }
    this.expectSection(section);
    return texts;
  }

  severities(isRule: (id: string) => boolean): ReadonlyMap<string, SeverityChoice> {
    const choices = new Map<string, SeverityChoice>();
    for (const [rule, value] of this.sections.get('severity') ?? []) {
      this.expect('severity', rule);
      const choice = severityChoice(typeof value === 'string' ? value.trim().toLowerCase() : value);
      if (!isRule(rule)) this.complain('severity', rule, l10n.t('there is no rule “{0}”', rule));
      else if (choice === undefined) {
        this.complain(
          'severity',
          rule,
          l10n.t('the severity of {0} must be one of {1}, not {2}', rule, SEVERITY_NAMES, shown(value)),
        );
      } else choices.set(rule, choice);
    }
    this.expectSection('severity');
    return choices;
  }

  /** Call last: names the sections and keys that nobody asked for. */
  finish(): readonly RcProblem[] {
    for (const [section, keys] of this.sections) {
      const expected = this.known.get(section);
      if (expected === undefined) {
        const names = [...this.known.keys()].map((name) => `[${name}]`).join(', ');
        this.problems.push({
          line: this.lineOf(section, [...keys.keys()][0] ?? null),
          message:
            section === ''
              ? l10n.t('a key outside of any section; known: {0}', names)
              : l10n.t('there is no section [{0}]; known: {1}', section, names),
        });
        continue;
      }
      for (const key of keys.keys()) {
        if (!expected.has(key)) {
          this.complain(
            section,
            key,
            l10n.t('there is no “{0}” in [{1}]; known: {2}', key, section, [...expected].join(', ')),
          );
        }
      }
    }
    return this.problems.sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
  }

  private expect(section: string, key: string): void {
    this.expectSection(section).add(key);
  }

  private expectSection(section: string): Set<string> {
    const keys = this.known.get(section) ?? new Set();
    this.known.set(section, keys);
    return keys;
  }

  private complain(section: string, key: string, message: string): void {
    this.problems.push({ line: this.lineOf(section, key), message });
  }

  /** `ini` keeps no positions: the last line that spells the key in its section, or the section's header. */
  private lineOf(section: string, key: string | null): number | null {
    let current = '';
    let header: number | null = null;
    let found: number | null = null;
    for (const [at, line] of this.text.split(/\r\n|\r|\n/).entries()) {
      const name = /^\[([^\]]*)\]\s*$/.exec(line)?.[1]?.trim();
      if (name !== undefined) current = name;
      if (current !== section) continue;
      if (name !== undefined) header ??= at + 1;
      else if (key !== null && (line.split('=')[0] ?? '').trim() === key) found = at + 1;
    }
    return found ?? header;
  }

  private readSections(): ReadonlyMap<string, ReadonlyMap<string, unknown>> {
    const sections = new Map<string, ReadonlyMap<string, unknown>>();
    const loose = new Map<string, unknown>();
    for (const [name, value] of Object.entries(this.parseIni())) {
      if (isRecord(value)) sections.set(name, new Map(Object.entries(value)));
      else loose.set(name, value);
    }
    if (loose.size > 0) sections.set('', loose);
    return sections;
  }

  /** `ini` throws where a name is used both as a key and as a section. */
  private parseIni(): Readonly<Record<string, unknown>> {
    try {
      const parsed: unknown = parse(this.text);
      return isRecord(parsed) ? parsed : {};
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      this.problems.push({
        line: null,
        message: l10n.t('a name is used both as a key and as a section; nothing was read'),
      });
      return {};
    }
  }
}

function shown(value: unknown): string {
  return isRecord(value) ? l10n.t('a section') : redact(JSON.stringify(value));
}
