/** Explanations for people and, redacted, for programs. The latter use the outcome's own names. */
import { answerToText, type NamePlace, printable, sentenceToText } from '../features/answer-render.js';
import { redact, shownValue } from '../features/redact.js';
import type { Candidate, ConfigTrace } from '../simulate/model.js';
import { Lines } from '../syntax/lines.js';
import type { Explained, Explanation } from './explain.js';
import type { Style } from './style.js';

export function explainAsHuman({ explained, problems, notes }: Explanation, style: Style): string {
  const blocks = explained.map((one) => {
    const [first = '', ...rest] = answerToText(one.answer, placeName(one)).split('\n');
    const where = one.path === null ? '' : `${one.path}${one.line === null ? '' : `:${one.line}`}  `;
    return [
      `${style.dim(printable(where))}${printable(redact(one.label))}`,
      `  ${style.bold(first)}`,
      ...rest.map((line) => `  ${line}`),
    ].join('\n');
  });
  const lines = [
    ...problems.map(({ path, message }) => `${style.bold(printable(path))}: ${printable(message)}`),
    ...notes.map((note) => `note: ${printable(redact(note))}`),
  ];
  return `${[...blocks, ...(lines.length === 0 ? [] : [lines.join('\n')])].join('\n\n')}\n`;
}

/** `etc/ceph/ceph.conf:5`, `nova.sh:3`; nothing for the drive's own line. */
function placeName({ path, drive, line, nameFile }: Explained): NamePlace {
  const lines = new Lines(drive.text);
  const first = lines.lineOf(drive.trace.syntax.span.start);
  return ({ location, line: fileLine }) => {
    if (location.in === 'file') return `${nameFile(location.file)}${fileLine === null ? '' : `:${fileLine}`}`;
    if (path === null || line === null) return null;
    const at = line + lines.lineOf(location.span.start) - first;
    return at === line ? null : `${path}:${at}`;
  };
}

export function explainAsJson({ explained, problems, notes }: Explanation): string {
  const drives = explained.map((one) => {
    const { trace, releases } = one.drive;
    const { image, calls, error, config, outcome, cacheMode } = trace;
    const settled = error === null || error.stage === 'open' ? config : null;
    return {
      label: one.label,
      path: one.path,
      line: one.line,
      headline: sentenceToText(one.answer.headline, () => null),
      qemu: trace.releases.qemu.label,
      librbd: trace.releases.librbd.label,
      vendor: trace.releases.vendor,
      assumed: { qemu: releases.sources.qemu === 'assumed', librbd: releases.sources.librbd === 'assumed' },
      image,
      cacheMode: cacheMode.name,
      calls: calls.map((call) =>
        call[0] === 'rados_conf_set' ? [call[0], call[1], shownValue(call[1], call[2]), call[3]] : call,
      ),
      error: error === null ? null : { message: redact(error.message), stage: error.stage },
      ...(settled === null ? { config: {}, winners: {} } : configOf(settled, one)),
      outcome: settled === null ? null : outcome,
    };
  });
  return `${JSON.stringify({ version: 1, drives, problems, notes }, redactText, 2)}\n`;
}

function redactText(_: string, value: unknown): unknown {
  return typeof value === 'string' ? redact(value) : value;
}

/** The options that somebody spoke of, and those that make the outcome. */
const ALWAYS = [
  'rbd_cache',
  'rbd_cache_policy',
  'rbd_cache_writethrough_until_flush',
  'rbd_cache_size',
  'rbd_cache_max_dirty',
];

function configOf(config: ConfigTrace, { nameFile, drive }: Explained) {
  const values: Record<string, string> = {};
  const winners: Record<string, unknown> = {};
  for (const option of new Set([...ALWAYS, ...config.mentioned()])) {
    const value = config.get(option);
    const trace = config.trace(option);
    if (value === undefined || trace === undefined) continue;
    values[option] = shownValue(option, value);
    winners[option] = winner(trace.winner, (path) => {
      const file = drive.trace.reads.find((read) => read.taken?.path === path)?.taken?.file;
      return file === undefined ? path : nameFile(file.id);
    });
  }
  return { config: values, winners };
}

function winner({ level, place }: Candidate, nameFile: (path: string) => string): unknown {
  switch (place.kind) {
    case 'file':
      return { level, path: place.path, file: nameFile(place.path), line: place.line };
    case 'argument':
      return { level, arg: place.argument, offset: place.offset };
    case 'qemu':
      return { level, by: 'qemu' };
    case 'cluster':
      return { level, by: place.keptBy, section: place.section };
    case 'release':
    case 'environment':
      return { level };
  }
}
