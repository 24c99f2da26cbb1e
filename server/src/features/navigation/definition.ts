/** Where a word leads: `conf=` to its file, `id=` to its section, a section to its drives, an option to what counts. */
import { touches } from '../../syntax/span.js';
import type { ConfDocumentAnalysis, DocumentAnalysis, PlacedDrive } from '../analysis-model.js';
import { placeOf } from '../answer-sources.js';
import { nodeAt } from '../conf-sections.js';
import { placed } from '../places.js';
import { fileNamed } from './drive-names.js';
import { type Named, type Neighbourhood, namedAt, type Place } from './named.js';
import { occurrencesOf, userOf } from './occurrences.js';

const TOP = { start: 0, end: 0 };
const MAX_TARGETS = 100;

export function definitionsAt(analysis: DocumentAnalysis, offset: number, around: Neighbourhood): readonly Place[] {
  const named = namedAt(analysis, offset);
  const found = named === null ? [] : targets(named, analysis, offset, around).slice(0, MAX_TARGETS);
  return found.map(({ address, span }) => ({ address, span }));
}

function targets(named: Named, analysis: DocumentAnalysis, offset: number, around: Neighbourhood): readonly Place[] {
  switch (named.kind) {
    case 'part':
      return named.places.filter(({ defines }) => defines);
    case 'file':
      return driveAround(named, around).flatMap(({ trace }) => {
        const file = fileNamed(trace, named.name);
        return file === undefined ? [] : [{ address: file.id, span: TOP }];
      });
    case 'client':
      return analysis.kind === 'conf' ? drivesOf(named, analysis) : sectionOf(named, around);
    case 'option':
      return analysis.kind === 'conf' ? inForce(analysis, offset) : inForceForDrive(named, around);
  }
}

function driveAround({ here }: Named, { drives }: Neighbourhood): readonly PlacedDrive[] {
  return drives.filter(({ address, span }) => address === here.address && touches(span, here.span.start));
}

function drivesOf({ name }: Named, { drives }: ConfDocumentAnalysis): readonly Place[] {
  return drives.filter((drive) => userOf(drive) === name);
}

/** The section of the client; the file itself, where it has none. */
function sectionOf(named: Named, around: Neighbourhood): readonly Place[] {
  const sections = occurrencesOf(named, around).filter(({ defines }) => defines);
  if (sections.length > 0) return sections;
  return driveAround(named, around).flatMap(({ trace }) => {
    const file = trace.reads.at(-1)?.taken?.file;
    return file === undefined ? [] : [{ address: file.id, span: TOP }];
  });
}

/** What each drive that reads the line goes by instead: another line, its own name, its cache mode. */
function inForce({ uses, tree, address }: ConfDocumentAnalysis, offset: number): readonly Place[] {
  const node = nodeAt(tree, offset);
  if (node?.kind !== 'key') return [];
  const places = uses.of(node).flatMap(({ drive, beatenBy, candidate }) => {
    const place = placeOf(drive, beatenBy ?? candidate);
    return place === null ? [] : [placed(place.location, drive)];
  });
  const unique = new Map(places.map((place) => [`${place.address} ${place.span.start}`, place]));
  return unique.size === 0 ? [{ address, span: node.keySpan }] : [...unique.values()];
}

function inForceForDrive(named: Named, around: Neighbourhood): readonly Place[] {
  return driveAround(named, around).flatMap((drive) => {
    const winner = drive.trace.config?.inForce(named.name);
    const place = winner === undefined ? null : placeOf(drive, winner);
    return place === null ? [] : [placed(place.location, drive)];
  });
}
