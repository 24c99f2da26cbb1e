/** The tables, as Markdown that reads well in a terminal too. */
import { number } from './bars.mjs';

/**
 * @typedef {import('./measure-server.mjs').Figures} Figures
 * @typedef {{ title: string, right: boolean, cell: (figures: Figures) => string }} Column
 */

/** @type {readonly Column[]} */
const COLUMNS = [
  column('start CPU', ({ initCpu }) => ms(initCpu)),
  column('start', ({ initWall }) => ms(initWall)),
  column('open CPU', ({ openCpu }) => ms(openCpu)),
  column('open', ({ openWall }) => ms(openWall)),
  column('keystroke CPU', ({ keyCpu }) => ms(keyCpu, 1)),
  column('keystroke', ({ keyWall }) => ms(keyWall)),
  column('p95', ({ keyWall95 }) => ms(keyWall95)),
  column('hover CPU', ({ hoverCpu }) => ms(hoverCpu, 2)),
  column('hover', ({ hover }) => ms(hover, 2)),
  column('p95', ({ hover95 }) => ms(hover95, 2)),
  column('completion', ({ completion }) => ms(completion, 1)),
  column('p95', ({ completion95 }) => ms(completion95, 1)),
  column('RSS MiB', ({ rss }) => ms(rss)),
  column('peak MiB', ({ peak }) => ms(peak)),
  column('problems', ({ problems }) => ms(problems)),
];

/**
 * @param {readonly { name: string, figures: Figures }[]} rows
 * @returns {string}
 */
export function serverTable(rows) {
  const head = ['server', ...COLUMNS.map(({ title }) => title)];
  const cells = rows.map(({ name, figures }) => [name, ...COLUMNS.map(({ cell }) => cell(figures))]);
  const failed = rows.flatMap(({ name, figures }) =>
    figures.failed === undefined ? [] : [`${name}: ${figures.failed}.`],
  );
  return [table(head, cells), ...failed].join('\n\n');
}

/** @param {readonly import('./bars.mjs').BarRow[]} rows */
export function barTable(rows) {
  const cells = rows.map(({ what, bar, measured, met }) => [
    what,
    bar,
    measured,
    met === undefined ? '-' : met ? 'met' : 'NOT MET',
  ]);
  return table(['what', 'bar', 'measured', ''], cells);
}

/** @param {readonly { name: string, figures: import('./measure-cases.mjs').CasesFigures }[]} rows */
export function casesTable(rows) {
  const head = ['options in each answer', 'cases', 'cases/s', 'CPU a case', 'memory early', 'memory late'];
  const cells = rows.map(({ name, figures }) => [
    name,
    number(figures.cases, 0),
    number(figures.perSecond, 0),
    figures.cpuPerCase === undefined ? '-' : `${number(figures.cpuPerCase, 0)} µs`,
    figures.early === undefined ? '-' : `${number(figures.early, 0)} MiB`,
    figures.late === undefined ? '-' : `${number(figures.late, 0)} MiB`,
  ]);
  return table(head, cells);
}

/** @param {readonly { language: string, figures: Figures }[]} rows */
export function oneLineTable(rows) {
  const cells = rows.map(({ language, figures }) => [
    language,
    ms(figures.openCpu),
    ms(figures.openWall),
    ms(figures.keyCpu, 1),
    ms(figures.rss),
  ]);
  return table(['language', 'open CPU', 'open', 'keystroke CPU', 'RSS MiB'], cells);
}

/**
 * @param {readonly string[]} head
 * @param {readonly (readonly string[])[]} rows numbers from the second column on
 */
function table(head, rows) {
  const widths = head.map((title, at) => Math.max(title.length, 3, ...rows.map((row) => (row[at] ?? '').length)));
  const line = (/** @type {readonly string[]} */ cells) =>
    `| ${cells.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join(' | ')} |`;
  const rule = widths.map((width, at) => (at === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  return [line(head), line(rule), ...rows.map(line)].join('\n');
}

/**
 * @param {string} title
 * @param {Column['cell']} cell
 * @returns {Column}
 */
function column(title, cell) {
  return { title, right: true, cell };
}

/**
 * @param {number | undefined} value
 * @param {number} [digits]
 */
function ms(value, digits = 0) {
  return value === undefined ? '-' : number(value, digits);
}
