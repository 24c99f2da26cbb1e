/** The client of a drive and the section that is written for it: `id=vm1` and `[client.vm1]`, brought together either way. */
import * as l10n from '@vscode/l10n';
import type { DriveTrace } from '../simulate/model.js';
import type { SectionNode } from '../syntax/ceph-conf/tree.js';
import { type Span, shift } from '../syntax/span.js';
import type { ConfDocumentAnalysis, PlacedDrive, PlacedEdit } from './analysis-model.js';
import type { CodeActionView } from './code-actions.js';
import { driveLabel } from './drive-label.js';
import { addsNothing, applyEdits, type EditedDocuments, type Trial } from './fix-trial.js';
import { changedOptions, driveChanges, drivesSeen, sameBehaviour } from './fixes/drive-changes.js';
import { fileName, outcomesInTitle } from './fixes/titles.js';
import { redact } from './redact.js';
import { type DrivePlace, editAt } from './refactor-command.js';
import { drivesAfter, listedNames } from './refactor-trial.js';

/** Drives, clients or sections that are offered at one place. */
const MOST_OFFERED = 3;
const WARNING = 1;

/** On a `[client.x]` that no drive connects as: another name for it, or its client for a drive. */
export function* sectionToDrive(
  analysis: ConfDocumentAnalysis,
  { start }: Span,
  trial: Trial,
): Generator<CodeActionView> {
  const section = analysis.tree.nodes.find(
    (node): node is SectionNode => node.kind === 'section' && node.span.start <= start && start < node.span.end,
  );
  const { drives } = analysis;
  if (section === undefined || !isFree(section.name, drives)) return;
  const clients = [...new Set(drives.map(clientOf))].filter((client) => isPlainClient(client));
  for (const client of clients.slice(0, MOST_OFFERED)) {
    if (analysis.tree.nodes.some((node) => node.kind === 'section' && node.name === client)) continue;
    const edits = [{ address: analysis.address, span: section.nameSpan, newText: client }];
    yield* offered(trial, l10n.t('Rename [{0}] to [{1}], which drives connect as', section.name, client), edits);
  }
  for (const drive of drives.slice(0, MOST_OFFERED)) {
    const edit = connectAs(drive.trace, section.name, drive.text);
    if (edit === null) continue;
    const edits = [{ address: drive.address, span: shift(edit.span, drive.base), newText: edit.newText }];
    yield* offered(trial, l10n.t('Connect {0} as {1}', drive.label, section.name), edits);
  }
}

/** On a drive: the client of a section that no drive connects as. */
export function* driveToSection(place: DrivePlace, trial: Trial): Generator<CodeActionView> {
  const { trace } = place;
  const file = trace.reads.findLast(({ returned }) => returned === 0)?.taken?.file.id;
  const conf = file === undefined ? null : trial.analyse(file);
  if (conf?.kind !== 'conf' || trace.error !== null) return;
  const names = conf.tree.nodes.flatMap((node) => (node.kind === 'section' ? [node.name] : []));
  const free = [...new Set(names)].filter((name) => isFree(name, conf.drives));
  for (const name of free.slice(0, MOST_OFFERED)) {
    const edit = connectAs(trace, name, place.command.command.text);
    if (edit === null) continue;
    const edits = [editAt(place, edit.span, edit.newText)];
    const after = tried(trial, edits);
    if (after === null) continue;
    const now = drivesAfter(after, place)?.[place.command.trace.drives.indexOf(trace)];
    if (now === undefined || now.trace.error !== null) continue;
    const title = l10n.t(
      'Connect {0} as {1}, whose section stands in {2}',
      driveLabel(trace),
      name,
      fileName(conf.address),
    );
    yield view(withEffect(title, trial, after, edits, changedOptions(trace, now.trace)), edits);
  }
}

/** Sections of clients that QEMU may be, and that no drive in view is. */
function isFree(section: string, drives: readonly PlacedDrive[]): boolean {
  if (!isPlainClient(section) || section === 'client.admin' || drives.length === 0) return false;
  return drives.every((drive) => clientOf(drive) !== section && drive.trace.unknown.length === 0);
}

function isPlainClient(name: string): boolean {
  return /^client\.[A-Za-z0-9][A-Za-z0-9._-]*$/.test(name);
}

function clientOf({ trace }: Pick<PlacedDrive, 'trace'>): string {
  return `client.${trace.image.user ?? 'admin'}`;
}

/** An edit of the command that makes the drive connect as the client; null where its text has no plain place for it. */
function connectAs(
  { syntax }: DriveTrace,
  client: string,
  text: string,
): { readonly span: Span; readonly newText: string } | null {
  const id = client.slice('client.'.length);
  const named = [
    ...(syntax.name?.options.filter(({ key }) => key === 'id') ?? []),
    ...syntax.options.filter(({ key, effective }) => effective && /^(?:file\.)?user$/.test(key)),
  ];
  const [only, another] = named;
  if (another !== undefined || only?.unknown === true) return null;
  if (only !== undefined) {
    const quoted = text.charAt(only.valueSpan.start) === '"';
    return { span: only.valueSpan, newText: quoted ? `"${id}"` : id };
  }
  if (syntax.name !== null) {
    const { end } = syntax.name.span;
    return { span: { start: end, end }, newText: `:id=${id}` };
  }
  const image = syntax.options.find(({ key, effective }) => effective && /^(?:file\.)?image$/.test(key));
  if (image === undefined) return null;
  const { end } = image.span;
  if (text.charAt(image.keySpan.start) === '"') return { span: { start: end, end }, newText: `,"user":"${id}"` };
  return syntax.form === 'json'
    ? null
    : { span: { start: end, end }, newText: `,${image.key.replace(/image$/, 'user')}=${id}` };
}

function* offered(trial: Trial, title: string, edits: readonly PlacedEdit[]): Generator<CodeActionView> {
  const after = tried(trial, edits);
  if (after !== null) yield view(withEffect(title, trial, after, edits, optionsAnyChanged(trial, after, edits)), edits);
}

/** Null where something as grave comes of it as a warning. */
function tried(trial: Trial, edits: readonly PlacedEdit[]): EditedDocuments | null {
  const texts = applyEdits(trial, edits);
  if (texts === null) return null;
  const after = trial.edited(texts);
  return addsNothing(trial, after, [...texts.keys()], WARNING) ? after : null;
}

/** A client reads its own section: what follows for the drives is the point, and stands in the title. */
function withEffect(
  title: string,
  trial: Trial,
  after: EditedDocuments,
  edits: readonly PlacedEdit[],
  options: readonly string[],
): string {
  const changes = driveChanges(trial, after, new Set(edits.map(({ address }) => address)));
  // That the image is opened by another client is what the title says already.
  const behaves = changes.changed.filter(
    (change) => !sameBehaviour(change.before?.trace.outcome ?? null, change.after.trace.outcome),
  );
  const outcome = outcomesInTitle({ changed: behaves, total: Math.min(changes.total, behaves.length) });
  if (outcome !== null) return l10n.t('{0}: {1}', title, outcome);
  return options.length === 0 ? title : l10n.t('{0}: changes {1}', title, listedNames(options));
}

/** Options that change for a drive of these documents, or one that reads them. */
function optionsAnyChanged(trial: Trial, after: EditedDocuments, edits: readonly PlacedEdit[]): readonly string[] {
  const names = new Set<string>();
  for (const address of new Set(edits.map((edit) => edit.address))) {
    const now = drivesSeen(after.analyse(address));
    for (const [at, { trace }] of drivesSeen(trial.analyse(address)).entries()) {
      const other = now[at]?.trace;
      if (other === undefined || other === trace) continue;
      for (const name of changedOptions(trace, other)) names.add(name);
    }
  }
  return [...names].sort();
}

function view(title: string, edits: readonly PlacedEdit[]): CodeActionView {
  return { title: redact(title), kind: 'refactor.rewrite.rbdcache.client', preferred: false, edits, finding: null };
}
