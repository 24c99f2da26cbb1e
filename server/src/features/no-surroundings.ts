/** A machine of which nothing is known, for drives that are made up. */
import type { SimulationInput } from '../simulate/model.js';

export const NO_SURROUNDINGS: Pick<SimulationInput, 'files' | 'environment' | 'cluster'> = {
  files: { lookUp: () => ({ status: 'missing' }) },
  environment: { env: {}, cwd: '/', home: '/root', pid: null, host: null },
};
