/** Holds a result of `explain --cases` against a recording. */
import { isObject, type JsonObject } from '../../server/src/cli/json.js';
import { type Expectation, type Recording, readCalls } from './recordings.js';

/** The differences, one readable line each; none: the result agrees. */
export function differences(recording: Recording, result: unknown): readonly string[] {
  const { expected } = recording;
  if (!isObject(result)) return ['the result is no object'];
  if (result['id'] !== recording.id) return [`id: ${show(result['id'])}`];
  const drives = result['drives'];
  if (!Array.isArray(drives)) return [`no drives: ${show(result)}`];
  if (drives.length > 1) return [`${drives.length} drives, recorded: one`];
  const drive: unknown = drives[0];
  if (!isObject(drive)) return withoutDrive(expected, result['error']);
  return [
    ...compareError(expected, drive['error'] ?? result['error'] ?? null, readCalls(drive['calls'])),
    ...compareCalls(expected, readCalls(drive['calls'])),
    ...compareMembers('config', expected.config, drive['config']),
    ...compareMembers('image', expected.image, drive['image']),
  ];
}

/** QEMU takes the name for something else: then no librados call was recorded, and nothing connected. */
function withoutDrive(expected: Expectation, error: unknown): readonly string[] {
  const none = (expected.calls ?? []).length === 0 && expected.error === 'before-connect';
  return none ? [] : [`no drive (error: ${show(error ?? null)}), recorded calls: ${show(expected.calls)}`];
}

function compareError(
  expected: Expectation,
  error: unknown,
  calls: readonly (readonly unknown[])[],
): readonly string[] {
  const connected = calls.some(([name]) => name === 'rados_connect');
  switch (expected.error) {
    case undefined:
      return [];
    case null:
      return error === null ? [] : [`error: ${show(error)}, recorded: none`];
    case 'before-connect':
      return error !== null && !connected ? [] : [`error: ${show(error)}, recorded: one before the connection`];
    case 'crash':
      return isObject(error) && error['stage'] === 'crash' ? [] : [`error: ${show(error)}, recorded: a crash`];
  }
}

function compareCalls(expected: Expectation, calls: readonly (readonly unknown[])[]): readonly string[] {
  if (expected.calls === undefined) return [];
  const length = Math.max(expected.calls.length, calls.length);
  for (let i = 0; i < length; i++) {
    if (!sameCall(expected.calls[i], calls[i])) {
      return [`call ${i + 1}: ${show(calls[i])}, recorded: ${show(expected.calls[i])} of ${show(expected.calls)}`];
    }
  }
  return [];
}

function sameCall(expected: readonly unknown[] | undefined, actual: readonly unknown[] | undefined): boolean {
  if (expected === undefined || actual === undefined || expected.length !== actual.length) return false;
  return expected.every((item, at) => {
    const notCompared = at === 2 && item === null && expected[0] === 'rados_conf_read_file';
    return notCompared || item === actual[at];
  });
}

function compareMembers(name: string, expected: JsonObject, actual: unknown): readonly string[] {
  const members = isObject(actual) ? actual : {};
  return Object.entries(expected)
    .filter(([key, value]) => members[key] !== value)
    .map(([key, value]) => `${name}.${key}: ${show(members[key])}, recorded: ${show(value)}`);
}

function show(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}
