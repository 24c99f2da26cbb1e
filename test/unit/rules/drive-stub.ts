/** Drives in view of a ceph.conf, as far as its rules look at them. */
import type { DriveOfFile } from '../../../server/src/rules/rule.js';
import type { ReleasePair } from '../../../server/src/simulate/model.js';

export interface DriveStub {
  /** The client id; null: none given, so `admin`. */
  readonly user: string | null;
  readonly image?: string;
  /** Which command of the document the drive is an argument of; drives with the same number share a process. */
  readonly command?: number;
  /** Given as `:conf=`. */
  readonly conf?: string;
  /** The user is a shell variable. */
  readonly userUnknown?: boolean;
}

export const DRIVE_DOCUMENT = 'file:///srv/start.sh';
const COMMAND_LENGTH = 1000;

/** The drive's text is taken to be `rbd:volumes/IMAGE:id=USER`, 20 characters into its command. */
export function driveStub(stub: DriveStub, releases: ReleasePair): DriveOfFile {
  const image = stub.image ?? 'vm1';
  const span = { start: 20, end: 60 };
  const commandStart = COMMAND_LENGTH * (stub.command ?? 0);
  const idStart = span.start + `rbd:volumes/${image}:`.length;
  const idEnd = idStart + `id=${stub.user ?? ''}`.length;
  const idSpan = { start: idStart, end: idEnd };
  return {
    label: `${image} (volumes/${image})`,
    document: DRIVE_DOCUMENT,
    span: { start: commandStart + span.start, end: commandStart + span.end },
    pairAssumed: false,
    trace: {
      releases,
      syntax: {
        flag: '-drive',
        flagSpan: { start: 10, end: 16 },
        argument: 1,
        span,
        form: 'drive',
        options: [],
        name: {
          span,
          poolSpan: null,
          namespaceSpan: null,
          imageSpan: null,
          snapshotSpan: null,
          options:
            stub.user === null
              ? []
              : [
                  {
                    key: 'id',
                    value: stub.user,
                    span: idSpan,
                    keySpan: { start: idStart, end: idStart + 2 },
                    valueSpan: { start: idStart + 3, end: idEnd },
                    unknown: stub.userUnknown ?? false,
                  },
                ],
        },
        id: image,
      },
      image: { pool: 'volumes', namespace: '', image, snapshot: null, user: stub.user },
      cacheMode: {
        name: 'writeback',
        direct: false,
        noFlush: false,
        writeback: true,
        decidedBy: null,
        isDefault: true,
      },
      calls: [],
      reads: [
        {
          requested: stub.conf ?? null,
          searched: [],
          taken: null,
          returned: 0,
          uncertain: false,
          abort: null,
        },
      ],
      error: null,
      notices: [],
      unknown: stub.userUnknown === true ? [{ matters: 'user', span: idSpan }] : [],
      config: null,
      outcome: null,
      firstOpen: null,
    },
  };
}
