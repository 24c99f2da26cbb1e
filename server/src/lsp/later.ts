/**
 * What the server need not know to start, in one piece: many small pieces cost more to find than one costs to read.
 * Requests import it inside their handlers.
 */
export { compareReleases } from '../features/compare-releases.js';
export { anonymised } from '../features/explanation/anonymise.js';
export { explanation, forBugReport } from '../features/explanation/explanation.js';
export { formatConf } from '../features/formatting.js';
export { definitionsAt, namedAt, occurrencesOf, rename, renameable } from '../features/navigation/index.js';
export { signatureAt } from '../features/signature-help.js';
export { upgradeReport } from '../features/upgrade-report.js';
export { whatIfDocument } from '../features/what-if.js';
export { optionOffers } from '../features/what-if-options.js';
export { offersFor, tryChange } from '../features/what-if-trial.js';
export { ladder } from '../features/who-wins/ladder.js';
export { cellAnswer, inPair, matrix } from '../features/who-wins/matrix.js';
export { ActionsAt, resolved } from './answers/code-actions.js';
export { completions, documented } from './answers/completion.js';
export { rehearse } from './rehearsal.js';
