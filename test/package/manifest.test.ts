/** The manifest's manners: where commands show, what settings say and where they may stand, what an untrusted workspace may do. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import texts from '../../package.nls.json' with { type: 'json' };
import { DEFAULT_SETTINGS, parseSettings } from '../../server/src/workspace/settings.js';

const { contributes, capabilities } = manifest;
const TEXTS: Readonly<Record<string, string>> = texts;

/** The text of a `%key%`. */
function textOf(key: string): string {
  const text = TEXTS[key.replaceAll('%', '')];
  if (text === undefined) throw new Error(`no text for ${key}`);
  return text;
}

interface Setting {
  readonly type: string;
  readonly default: unknown;
  readonly order?: number;
  readonly scope?: string;
  readonly description?: string;
  readonly markdownDescription?: string;
}

const SETTINGS: Readonly<Record<string, Setting>> = contributes.configuration.properties;

describe('commands', () => {
  const palette = new Map(contributes.menus.commandPalette.map(({ command, when }) => [command, when]));
  const titles = contributes.commands.map(({ command, title }) => `${command}: ${textOf(title)}`);

  test('stand in one category, each with a title of its own', () => {
    expect(new Set(contributes.commands.map(({ category }) => category))).toEqual(new Set(['RBDCache']));
    expect(new Set(titles).size).toBe(titles.length);
    expect(titles).toMatchInlineSnapshot(`
      [
        "rbdcache.selectReleases: Select QEMU and librbd Releases",
        "rbdcache.detectVersions: Detect Installed Versions",
        "rbdcache.explainDrive: Explain This Disk",
        "rbdcache.copyExplanation: Copy Explanation for a Bug Report",
        "rbdcache.showWhoWins: Show Who Wins",
        "rbdcache.exportWhoWins: Export Who Wins as SVG or Markdown",
        "rbdcache.whatIf: What If…",
        "rbdcache.applyWhatIf: Apply What Was Tried",
        "rbdcache.compareReleases: Compare Releases…",
        "rbdcache.openWalkthrough: Open Walkthrough",
        "rbdcache.openExample: Open an Example",
        "rbdcache.restartServer: Restart Server",
        "rbdcache.showLog: Show Log",
      ]
    `);
  });

  test('show in the palette where they can do something', () => {
    expect(
      contributes.commands.map(
        ({ command }) => `${command.replace('rbdcache.', '')}: ${palette.get(command) ?? 'always'}`,
      ),
    ).toMatchInlineSnapshot(`
      [
        "selectReleases: always",
        "detectVersions: isWorkspaceTrusted",
        "explainDrive: editorLangId =~ /^(ceph-conf|qemu-cmdline|shellscript)$/ || resourceScheme =~ /^rbdcache-(explanation|what-if)$/ || activeWebviewPanelId == rbdcache.whoWins",
        "copyExplanation: editorLangId =~ /^(ceph-conf|qemu-cmdline|shellscript)$/ || resourceScheme =~ /^rbdcache-(explanation|what-if)$/ || activeWebviewPanelId == rbdcache.whoWins",
        "showWhoWins: editorLangId =~ /^(ceph-conf|qemu-cmdline|shellscript)$/ || resourceScheme =~ /^rbdcache-(explanation|what-if)$/",
        "exportWhoWins: editorLangId =~ /^(ceph-conf|qemu-cmdline|shellscript)$/ || activeWebviewPanelId == rbdcache.whoWins",
        "whatIf: editorLangId =~ /^(ceph-conf|qemu-cmdline|shellscript)$/ || resourceScheme =~ /^rbdcache-(explanation|what-if)$/ || activeWebviewPanelId == rbdcache.whoWins",
        "applyWhatIf: resourceScheme == rbdcache-what-if",
        "compareReleases: workspaceFolderCount != 0 || editorLangId =~ /^(ceph-conf|qemu-cmdline|shellscript)$/",
        "openWalkthrough: always",
        "openExample: always",
        "restartServer: always",
        "showLog: always",
      ]
    `);
  });

  test('that start a program are there in a trusted workspace only', () => {
    const detect = contributes.commands.find(({ command }) => command === 'rbdcache.detectVersions');
    expect(detect).toMatchObject({ enablement: 'isWorkspaceTrusted' });
    expect(palette.get('rbdcache.detectVersions')).toBe('isWorkspaceTrusted');
  });

  test('are registered by the client, and it registers no other for people', () => {
    const source = readFileSync(join(import.meta.dirname, '../../client/src/extension.ts'), 'utf8');
    const registered = [...source.matchAll(/\bcommand\('(\w+)'/g)].map((match) => `rbdcache.${match[1]}`);
    const internal = ['rbdcache.showReferences'];
    expect(registered.filter((command) => !internal.includes(command)).sort()).toEqual(
      contributes.commands.map(({ command }) => command).sort(),
    );
  });

  test('in menus are commands that exist', () => {
    const known = new Set(contributes.commands.map(({ command }) => command));
    const named = Object.values(contributes.menus).flat();
    expect(named.filter(({ command }) => !known.has(command))).toEqual([]);
    expect(named.filter(({ when }) => when === '')).toEqual([]);
  });
});

describe('settings', () => {
  test.each(Object.entries(SETTINGS))(
    '%s says in Markdown what it does, and has a default, a scope and a place',
    (_, setting) => {
      expect(setting.description).toBeUndefined();
      expect(textOf(setting.markdownDescription ?? '').length).toBeGreaterThan(15);
      expect(setting).toHaveProperty('default');
      expect(setting.order).toBeGreaterThan(0);
      expect(['resource', 'machine-overridable', 'window']).toContain(setting.scope);
    },
  );

  test('each has a place of its own', () => {
    const orders = Object.values(SETTINGS).map(({ order }) => order);
    expect(new Set(orders).size).toBe(orders.length);
  });

  test('what is judged is chosen for each folder; what reads this machine’s files is this machine’s; the rest is the window’s', () => {
    const scopes = new Map<string, string[]>();
    for (const [name, { scope = '' }] of Object.entries(SETTINGS)) {
      scopes.set(scope, [...(scopes.get(scope) ?? []), name.replace('rbdcache.', '')]);
    }
    expect(scopes.get('machine-overridable')).toEqual(['readHostFiles']);
    expect(scopes.get('window')).toEqual(['trace.server']);
  });

  test('the defaults are those of the server', () => {
    const raw: Record<string, unknown> = {};
    for (const [name, setting] of Object.entries(SETTINGS)) put(raw, name.split('.').slice(1), setting.default);
    const { settings, complaints } = parseSettings(raw);
    expect(complaints).toEqual([]);
    expect(settings).toEqual(DEFAULT_SETTINGS);
  });
});

function put(into: Record<string, unknown>, [first = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) {
    into[first] = value;
    return;
  }
  const inner: Record<string, unknown> = { ...Object(into[first]) };
  put(inner, rest, value);
  into[first] = inner;
}

describe('where nobody is trusted, and where there is no disk', () => {
  test('an untrusted workspace may not choose which files of this machine are read', () => {
    expect(capabilities.untrustedWorkspaces.supported).toBe('limited');
    expect(capabilities.untrustedWorkspaces.restrictedConfigurations).toEqual([
      'rbdcache.root',
      'rbdcache.readHostFiles',
      'rbdcache.cephConf',
      'rbdcache.environment',
    ]);
    expect(textOf(capabilities.untrustedWorkspaces.description)).not.toBe('');
  });

  test('restricted settings exist', () => {
    expect(capabilities.untrustedWorkspaces.restrictedConfigurations.filter((name) => !(name in SETTINGS))).toEqual([]);
  });

  test('virtual workspaces are served', () => {
    expect(capabilities.virtualWorkspaces).toBe(true);
  });
});

describe('the walkthrough', () => {
  const [walkthrough] = contributes.walkthroughs;
  const steps = walkthrough?.steps ?? [];

  test('has four or five steps, each with a picture and an end', () => {
    expect(steps.length).toBeGreaterThanOrEqual(4);
    expect(steps.length).toBeLessThanOrEqual(5);
    for (const { title, description, media, completionEvents } of steps) {
      expect(textOf(title)).not.toBe('');
      expect(textOf(description)).toMatch(/\]\(command:/);
      expect(textOf(media.altText)).not.toBe('');
      expect(completionEvents.length).toBeGreaterThan(0);
    }
  });

  test.each(steps.map(({ media }) => media.svg))('%s follows the theme: each colour is the editor’s', (path) => {
    const svg = readFileSync(join(import.meta.dirname, '../..', path), 'utf8');
    const colours = [...svg.matchAll(/(?:fill|stroke)="([^"]+)"/g)].map((match) => match[1] ?? '');
    expect(colours.filter((colour) => colour !== 'none' && !colour.startsWith('var(--vscode-'))).toEqual([]);
    expect(svg).not.toMatch(/<script|href=|<image|style=/);
  });
});
