/** What the project promises of its speed and size, held against what was measured. */

/**
 * @typedef {object} Measured
 * @property {(name: string, lines: number) => import('./measure-server.mjs').Figures | undefined} server
 * @property {import('./measure-cases.mjs').CasesFigures | undefined} cases with all options of librbd in each answer
 * @property {import('./measure-cases.mjs').CasesFigures | undefined} fewOptions
 * @property {{ language: string, figures: import('./measure-server.mjs').Figures }[]} oneLine
 * @property {{ server: number, later: number, vsix: number } | undefined} bytes `later`: what the server reads when it is asked for
 *
 * @typedef {{ what: string, bar: string, measured: string, met: boolean | undefined }} BarRow
 */

const LINES = 10_000;
const LONG = 100_000;
const KIB = 1024;
const MIB = KIB * KIB;
const DOCUMENTS = ['ceph.conf', 'script'];
const TYPED_IN = [...DOCUMENTS, 'script + ceph.conf', 'ceph.conf + script'];
/** Memory that is flat still moves with the collector's rhythm. */
const FLAT = 1.15;

/**
 * @param {Measured} measured
 * @returns {readonly BarRow[]} `met` undefined: not measured
 */
export function bars(measured) {
  /**
   * @param {readonly string[]} names
   * @param {import('./measure-server.mjs').FigureName} figure
   * @param {number} lines
   */
  const worst = (names, figure, lines = LINES) => most(names.map((name) => measured.server(name, lines)?.[figure]));
  /** @param {import('./measure-server.mjs').FigureName} figure */
  const growth = (figure) =>
    most(DOCUMENTS.map((name) => ratio(measured.server(name, LONG)?.[figure], measured.server(name, LINES)?.[figure])));

  const { cases, fewOptions, bytes } = measured;
  const memory = cases === undefined ? undefined : ratio(cases.late, cases.early);
  return [
    atMost('process start to `initialize` answered, CPU', 200, worst(DOCUMENTS, 'initCpu'), 'ms'),
    atMost('keystroke to diagnostics, CPU', 25, worst(DOCUMENTS, 'keyCpu'), 'ms'),
    atMost('… where 1,000 drives read that ceph.conf, CPU', 25, worst(TYPED_IN, 'keyCpu'), 'ms'),
    atMost('keystroke to diagnostics, wall clock with the debounce', 150, worst(DOCUMENTS, 'keyWall'), 'ms'),
    atMost('hover, 95th percentile', 3, worst(DOCUMENTS, 'hover95'), 'ms', 1),
    atMost('completion, 95th percentile', 10, worst(DOCUMENTS, 'completion95'), 'ms', 1),
    atMost('memory (RSS)', 110, worst(DOCUMENTS, 'rss'), 'MiB'),
    atMost('server bundle without data', 600, bytes && (bytes.server + bytes.later) / KIB, 'KiB'),
    atMost('… of it, what is read before the first answer', 600, bytes && bytes.server / KIB, 'KiB'),
    atMost('VSIX', 1.5, bytes && bytes.vsix / MIB, 'MiB', 2),
    atLeast('`explain --cases`, all options', 20_000, cases?.perSecond, 'cases/s'),
    atLeast('`explain --cases`, two options', 20_000, fewOptions?.perSecond, 'cases/s'),
    atMost('its memory, end beside beginning', FLAT, memory, '×', 2),
    atMost('opening a document 10 times as long, CPU', 12, growth('openCpu'), '×', 1),
    atMost('keystroke in a document 10 times as long, CPU', 12, growth('keyCpu'), '×', 1),
    atMost(
      '1 MB on a single line, open to diagnostics, CPU',
      1_000,
      most(measured.oneLine.map(({ figures }) => figures.openCpu)),
      'ms',
    ),
  ];
}

/**
 * @param {string} what
 * @param {number} bar
 * @param {number | undefined} value
 * @param {string} unit
 * @param {number} [digits]
 * @returns {BarRow}
 */
function atMost(what, bar, value, unit, digits = 0) {
  return {
    what,
    bar: `≤ ${number(bar, bar % 1 === 0 ? 0 : 2)} ${unit}`,
    measured: shown(value, unit, digits),
    met: value === undefined ? undefined : value <= bar,
  };
}

/**
 * @param {string} what
 * @param {number} bar
 * @param {number | undefined} value
 * @param {string} unit
 * @returns {BarRow}
 */
function atLeast(what, bar, value, unit) {
  return {
    what,
    bar: `≥ ${number(bar, 0)} ${unit}`,
    measured: shown(value, unit, 0),
    met: value === undefined ? undefined : value >= bar,
  };
}

/**
 * @param {number | undefined} value
 * @param {string} unit
 * @param {number} digits
 */
function shown(value, unit, digits) {
  return value === undefined ? '-' : `${number(value, digits)} ${unit}`;
}

/**
 * @param {number} value
 * @param {number} digits
 */
export function number(value, digits) {
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/**
 * @param {number | undefined} above
 * @param {number | undefined} below
 */
function ratio(above, below) {
  return above === undefined || below === undefined || below === 0 ? undefined : above / below;
}

/** @param {readonly (number | undefined)[]} values */
function most(values) {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : Math.max(...known);
}
