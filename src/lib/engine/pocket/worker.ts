import type { TokenizerJson } from '#lib/tiny/tokenizer.ts';
import manifest from './manifest.json';
import { serve } from './session.ts';
import tokenizer from './tokenizer.json';

serve(self, {
	weights: manifest.weights,
	tokenizer: tokenizer as TokenizerJson,
	looker: async () => (await import('./looker.ts')).Looker
});
