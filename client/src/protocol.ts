/** What client and server say to each other beyond the Language Server Protocol. */
import { NotificationType, type Position, RequestType, type WorkspaceEdit } from 'vscode-languageclient/node';
import type { Change, OptionOffer, WhatIfChoices, WhatIfOffer } from '../../server/src/features/what-if-view.js';
import type { NotOneDrive, ShownCell, ShownLadder, WhoWins } from '../../server/src/features/who-wins/view.js';

export type { Change, OptionOffer, WhatIfChoices, WhatIfOffer };

/** Sent by the server for each open document, again whenever any of it changes. */
export interface DocumentStatus {
  readonly uri: string;
  /** The pair in force: `QEMU 2.2 · librbd 0.87`, with what is assumed marked. */
  readonly text: string;
  /** Who chose the pair, or what is wrong with a setting. One line. */
  readonly detail: string;
  readonly severity: 'information' | 'warning' | 'error';
}

export const statusNotification = new NotificationType<DocumentStatus>('rbdcache/status');

/** A release to choose from. */
export interface ReleaseChoice {
  /** What the setting is to hold: `0.87`. */
  readonly version: string;
  /** `Giant`; null where the program does not name its releases. */
  readonly name: string | null;
  readonly year: string;
}

export type Program = 'qemu' | 'librbd';

export interface ReleaseChoices {
  /** Newest first. */
  readonly qemu: readonly ReleaseChoice[];
  readonly librbd: readonly ReleaseChoice[];
  /** What is in force for the document that was asked for; a null member is the newest known, assumed. */
  readonly inForce: Readonly<Record<Program, string | null>> | null;
}

export const releasesRequest = new RequestType<{ readonly uri?: string }, ReleaseChoices, void>('rbdcache/releases');

export interface ReleaseEditParams {
  readonly uri: string;
  readonly program: Program;
  /** Null takes the statement away. */
  readonly version: string | null;
}

/** The edit of the text that says which release is in force; null where no text does, but the settings. */
export const releaseEditRequest = new RequestType<ReleaseEditParams, WorkspaceEdit | null, void>(
  'rbdcache/releaseEdit',
);

/** A place in a document: the drive or option there is meant. */
export interface PlaceParams {
  readonly uri: string;
  readonly position: Position;
}

/** `drive`: the name that an earlier answer gave the drive; by it the drive is found where its text has moved. */
export interface DrivePlace extends PlaceParams {
  readonly drive?: string;
}

/** `anonymised`: a copy to give away, without names and addresses. */
export interface ExplainParams extends DrivePlace {
  readonly anonymised?: boolean;
}

/** Markdown; null where nothing at that place can be explained. */
export const explainRequest = new RequestType<ExplainParams, string | null, void>('rbdcache/explain');

export type WhoWinsParams = DrivePlace;

export const whoWinsRequest = new RequestType<WhoWinsParams, WhoWins | null, void>('rbdcache/whoWins');

/** The releases as the matrix names them. */
export interface WhoWinsCellParams extends WhoWinsParams {
  readonly qemu: string;
  readonly librbd: string;
}

/** Null where that QEMU sees no RBD drive. */
export const whoWinsCellRequest = new RequestType<WhoWinsCellParams, ShownCell | null, void>('rbdcache/whoWinsCell');

export const ladderRequest = new RequestType<WhoWinsCellParams & { readonly option: string }, ShownLadder | null, void>(
  'rbdcache/ladder',
);

export const whatIfChoicesRequest = new RequestType<DrivePlace, WhatIfChoices | null, void>('rbdcache/whatIfChoices');

/** `typed`: what there is so far of `option = value`. */
export const whatIfOptionsRequest = new RequestType<
  DrivePlace & { readonly typed: string },
  readonly OptionOffer[] | null,
  void
>('rbdcache/whatIfOptions');

/** What came of a change that was tried. */
export interface WhatIfAnswer {
  readonly kind: 'tried';
  readonly markdown: string;
  /** Null where another release was tried, or where there is nothing to edit. */
  readonly edit: WorkspaceEdit | null;
}

export const whatIfRequest = new RequestType<
  DrivePlace & { readonly change: Change },
  WhatIfAnswer | NotOneDrive | null,
  void
>('rbdcache/whatIf');

/** The pair to go to; null: as it is in force for each drive. */
export type ReleaseTarget = Readonly<Record<Program, string | null>>;

/** Markdown; null for releases that nobody knows. */
export const compareReleasesRequest = new RequestType<ReleaseTarget, string | null, void>('rbdcache/compareReleases');
