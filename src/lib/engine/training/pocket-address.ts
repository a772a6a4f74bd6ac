import { asset } from '$app/paths';
import { weights } from '../pocket/manifest.json';

/** The absolute address of the pocket model's weights: a worker would resolve another against its own. */
export const pocketWeights = () => new URL(asset(`/pocket/${weights.file}`), location.href).href;
