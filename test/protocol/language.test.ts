/** The language of the editor: what is said in it, and what is the same in every language. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CodeAction, CodeLens, Diagnostic } from 'vscode-languageserver/node';
import { Editor, rulesOf } from './editor.js';

const CONF = 'etc/ceph/ceph.conf';
const DRIVE = 'vm.qemu';
const CONF_TEXT = `[global]
rbd cache = true
rbd cache = maybe
rbd_cach_size = 1
`;
const DRIVE_TEXT = `qemu-system-x86_64 -drive file=rbd:volumes/v1:key=AQBc4vtV+JywHhAAqX8N+M69PhIJuUzf1mqNAg==,if=none,id=d0,format=raw,cache=none
`;

const HAN = /\p{Script=Han}/u;

async function open(locale?: string): Promise<Editor> {
  const editor = await Editor.start({
    settings: { qemuVersion: '2.4', librbdVersion: '0.94' },
    initializationOptions: { explainCommand: 'rbdcache.explainDrive', docsBase: 'file:///docs/rules/' },
    ...(locale === undefined ? {} : { locale }),
  });
  await editor.open(CONF, 'ceph-conf', CONF_TEXT);
  await editor.open(DRIVE, 'qemu-cmdline', DRIVE_TEXT);
  return editor;
}

interface Said {
  readonly hover: string;
  readonly diagnostics: readonly Diagnostic[];
  readonly actions: readonly CodeAction[];
  readonly hints: readonly string[];
  readonly lenses: readonly string[];
  readonly status: readonly string[];
}

async function saidBy(editor: Editor): Promise<Said> {
  const diagnostics = [...(await editor.diagnostics(CONF)), ...(await editor.diagnostics(DRIVE))];
  const lenses: CodeLens[] = (await editor.ask<CodeLens[] | null>('codeLens', DRIVE, {})) ?? [];
  const resolved = await Promise.all(
    lenses.map((lens) => editor.connection.sendRequest<CodeLens>('codeLens/resolve', lens)),
  );
  return {
    hover: await editor.hover(DRIVE, 'cache=no‸ne'),
    diagnostics,
    actions: [...(await editor.codeActions(CONF, 'rbd_cach‸_size')), ...(await editor.codeActions(DRIVE, 'key=A‸Q'))],
    hints: (await editor.inlayHints(DRIVE)).map(({ label }) =>
      typeof label === 'string' ? label : (label[0]?.value ?? ''),
    ),
    lenses: resolved.map(({ command }) => command?.title ?? ''),
    status: editor.statuses.flatMap(({ text, detail }) => [text, detail]),
  };
}

describe('an editor in Chinese', () => {
  let chinese: Said;
  let english: Said;
  const editors: Editor[] = [];

  beforeAll(async () => {
    const [own, other] = [await open('zh-cn'), await open('de')];
    editors.push(own, other);
    chinese = await saidBy(own);
    english = await saidBy(other);
  });

  afterAll(async () => {
    for (const editor of editors) await editor.stop();
  });

  test('reads hovers in Chinese, with names and code as they are', () => {
    expect(chinese.hover).toMatch(/^RBDCache \*\*关闭\*\* — QEMU 2\.4，librbd 0\.94/);
    expect(chinese.hover).toContain('`cache=none`');
    expect(chinese.hover).toContain('[完整说明](command:rbdcache.explainDrive?');
  });

  test('reads every finding, and each thing to do, in Chinese', () => {
    expect(chinese.diagnostics.length).toBeGreaterThan(2);
    expect(chinese.diagnostics.filter(({ message }) => !HAN.test(String(message)))).toEqual([]);
    const related = chinese.diagnostics.flatMap(({ relatedInformation }) => relatedInformation ?? []);
    expect(related.filter(({ message }) => !HAN.test(String(message)))).toEqual([]);
    expect(chinese.actions.length).toBeGreaterThan(3);
    expect(chinese.actions.map(({ title }) => title).filter((title) => !HAN.test(title))).toEqual([]);
    expect([...chinese.hints, ...chinese.lenses].filter((text) => !HAN.test(text))).toEqual([]);
    expect(chinese.status).toContain('由“设置”选定');
  });

  test('is led to the pages in its language', () => {
    const pages = (said: Said) => said.diagnostics.map(({ codeDescription }) => codeDescription?.href);
    const folder = 'file:///docs/rules/';
    const named = english.diagnostics.map(({ code }) => `${code}.md`);
    expect(pages(english)).toEqual(named.map((name) => folder + name));
    expect(pages(chinese)).toEqual(named.map((name) => `${folder}zh-cn/${name}`));
  });

  test('knows the rules by the same ids, at the same places, with the same edits', () => {
    expect(rulesOf(chinese.diagnostics)).toEqual(rulesOf(english.diagnostics));
    expect(rulesOf(english.diagnostics)).toContain('conf-unknown-option');
    expect(chinese.diagnostics.map(({ range }) => range)).toEqual(english.diagnostics.map(({ range }) => range));
    const edits = (said: Said) =>
      said.actions.map(({ kind, edit }) => [kind, Object.values(edit?.changes ?? {})] as const);
    expect(edits(chinese)).toEqual(edits(english));
  });

  test('hears no Chinese where the editor is in another language', () => {
    expect(english.hover).toMatch(/^RBDCache \*\*off\*\* — QEMU 2\.4, librbd 0\.94/);
    expect(HAN.test(JSON.stringify(english))).toBe(false);
  });
});

test.each(['zh', 'zh-hans', 'zh_CN.UTF-8'])('%s is Chinese, too', async (locale) => {
  const editor = await open(locale);
  expect(await editor.hover(DRIVE, 'cache=no‸ne')).toMatch(/^RBDCache \*\*关闭\*\*/);
  await editor.stop();
});

test('an editor that names no language is answered in English', async () => {
  const editor = await open();
  expect(await editor.hover(DRIVE, 'cache=no‸ne')).toMatch(/^RBDCache \*\*off\*\*/);
  await editor.stop();
});
