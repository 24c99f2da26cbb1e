/**
 * The documents that are timed, all of one kind in any length: a line says which word is hovered, where a word is completed,
 * and where someone types. Each has one mistake near its top, so that a server that found nothing is noticed.
 *
 * @typedef {object} Document
 * @property {string} path in the workspace's folder
 * @property {string} language
 * @property {string} text
 * @property {string} hoverWord hovered wherever it occurs
 * @property {string} completeAfter completion is asked for behind it
 * @property {string} typeAfter someone types behind it, in the middle of the document
 * @property {string} types one character
 */

const KEYS = ['rbd_cache', 'rbd_cache_size', 'rbd_cache_max_dirty', 'rbd_cache_target_dirty'];
/** Lines of a script from one drive to the next. */
const LINES_A_DRIVE = 10;

/**
 * A client section for each guest, four options in each.
 * @param {number} lines
 * @returns {Document}
 */
export function cephConf(lines) {
  const head = ['[global]', 'mon host = 192.0.2.1', 'rbd_cach = tru'];
  const text = textOf(lines, head, (i) => {
    if (i % 5 === 0) return `[client.vm${i / 5}]`;
    const key = KEYS[(i % 5) - 1];
    return `    ${key} = ${key === 'rbd_cache' ? 'true' : 33554432 + i}`;
  });
  return {
    path: 'etc/ceph/ceph.conf',
    language: 'ceph-conf',
    text,
    hoverWord: 'rbd_cache_size',
    completeAfter: '    rbd_cache_m',
    typeAfter: 'rbd_cache_size = 3',
    types: '3',
  };
}

/**
 * A drive in each ten lines.
 * @param {number} lines
 * @returns {Document}
 */
export function shellScript(lines) {
  const words = ['file=rbd:volumes/vm', ':id=admin:rbd_cache=true,format=raw,if=virtio,cache=writeback'];
  const text = textOf(lines, ['#!/bin/sh', 'qemu-system-x86_64 -drive file=rbd:volumes/first,cache=writebak'], (i) => {
    if (i % LINES_A_DRIVE === 0) return `qemu-system-x86_64 -m 1G -drive ${words[0]}${i}${words[1]}`;
    return i % 2 === 0 ? `echo "guest ${i} of $HOST" # between drives` : `mkdir -p "/run/guests/$NAME-${i}"`;
  });
  return {
    path: 'guests.sh',
    language: 'shellscript',
    text,
    hoverWord: 'rbd_cache',
    completeAfter: 'if=virtio,cache=w',
    typeAfter: 'file=rbd:volumes/vm',
    types: '7',
  };
}

/**
 * @param {number} lines
 * @returns {Document}
 */
export function yaml(lines) {
  const text = textOf(lines, ['rbd_cache: not a boolean'], (i) => {
    if (i % 5 === 0) return `vm${i}:`;
    const key = KEYS[(i % 5) - 1];
    return `  ${key}: ${key === 'rbd_cache' ? 'true' : 33554432 + i}`;
  });
  return {
    path: 'guests.yaml',
    language: 'yaml',
    text: `${text}\n`,
    hoverWord: 'rbd_cache_size',
    completeAfter: '  rbd_cache_m',
    typeAfter: 'rbd_cache_size: 3',
    types: '3',
  };
}

/**
 * @param {number} lines
 * @returns {Document}
 */
export function json(lines) {
  const members = Array.from({ length: lines - 3 }, (_, i) => {
    const key = KEYS[i % 4];
    return `  "${key}_${i}": ${key === 'rbd_cache' ? 'true' : i},`;
  });
  return {
    path: 'guests.json',
    language: 'json',
    text: ['{', ...members, '  "rbd_cache": "not a boolean"', '}'].join('\n'),
    hoverWord: 'rbd_cache_size',
    completeAfter: '  "rbd_cache_m',
    typeAfter: '  "rbd_cache_size_',
    types: '3',
  };
}

/**
 * @param {number} lines
 * @returns {Document}
 */
export function css(lines) {
  const text = textOf(lines, ['a { colr: red }'], (i) => `.vm${i} { color: red; margin: ${i}px }`);
  const places = { hoverWord: 'color', completeAfter: ' { col', typeAfter: 'margin: ' };
  return { path: 'guests.css', language: 'css', text, ...places, types: '3' };
}

/**
 * @param {number} lines
 * @returns {Document}
 */
export function dockerfile(lines) {
  const text = textOf(lines, ['FROM debian', 'RNU true'], (i) =>
    i % 2 === 0 ? `EXPOSE ${1024 + i}` : `ENV KEY${i}=value`,
  );
  const places = { hoverWord: 'ENV', completeAfter: 'EXP', typeAfter: '=value' };
  return { path: 'Dockerfile', language: 'dockerfile', text, ...places, types: 's' };
}

/**
 * @param {number} lines
 * @returns {Document}
 */
export function bash(lines) {
  const text = textOf(lines, ['#!/bin/bash', 'echo "$(( 1 + "'], (i) =>
    i % 2 === 0 ? `export VALUE_${i}=${i}` : `VALUE_${i}="$VALUE_${i - 1}"`,
  );
  const places = { hoverWord: 'VALUE_', completeAfter: '"$VAL', typeAfter: '="$VALUE_' };
  return { path: 'values.sh', language: 'shellscript', text, ...places, types: '7' };
}

/**
 * All on one line, as a generated file may be.
 * @param {'ceph-conf' | 'shellscript' | 'qemu-cmdline'} language
 * @param {number} length
 * @returns {Document}
 */
export function oneLine(language, length) {
  const forms = {
    'ceph-conf': { path: 'ceph.conf', head: '[client]\nrbd cache = ', unit: 'true ; ' },
    shellscript: { path: 'one.sh', head: 'qemu-system-x86_64 ', unit: '-drive file=rbd:volumes/vm,cache=none ' },
    'qemu-cmdline': { path: 'one.qemu', head: '', unit: '-drive file=rbd:volumes/vm:rbd_cache=true,if=none ' },
  };
  const { path, head, unit } = forms[language];
  const text = (head + unit.repeat(Math.ceil(length / unit.length))).slice(0, length);
  return { path, language, text, hoverWord: unit.slice(0, 4), completeAfter: head, typeAfter: head, types: 'x' };
}

/**
 * @param {number} lines
 * @param {readonly string[]} head
 * @param {(index: number) => string} line
 */
function textOf(lines, head, line) {
  return [...head, ...Array.from({ length: Math.max(0, lines - head.length) }, (_, i) => line(i))].join('\n');
}

/**
 * Places of a word, spread evenly over the text.
 * @param {string} text
 * @param {string} word
 * @param {number} count at most
 * @returns {{ line: number, character: number }[]} behind the word
 */
export function placesOf(text, word, count) {
  /** @type {{ line: number, character: number }[]} */
  const all = [];
  for (const [line, content] of text.split('\n').entries()) {
    const at = content.indexOf(word);
    if (at >= 0) all.push({ line, character: at + word.length });
  }
  const wanted = Math.min(count, all.length);
  return Array.from({ length: wanted }, (_, i) => all[Math.floor(((i + 0.5) / wanted) * all.length)] ?? origin());
}

function origin() {
  return { line: 0, character: 0 };
}
