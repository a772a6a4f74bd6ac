/** @file The pocket worker with a small model, and with the fault that its name asks for. */
import type { Config } from '#lib/tiny/gpt.ts';
import type { FromWorker, ToWorker } from '../protocol.ts';
import { serve } from '../session.ts';
import { smallModel } from './small-model.ts';

export type Trial = {
	shape?: Partial<Config>;
	/** What happens instead of sending the token of index 3. */
	fault?: 'closes' | 'hangs' | 'throws' | 'breaks';
	webAssembly?: 'missing' | 'blocked';
};

const { shape, fault, webAssembly } = JSON.parse(self.name) as Trial;

if (webAssembly === 'missing') {
	Object.defineProperty(globalThis, 'WebAssembly', { value: undefined });
}
if (webAssembly === 'blocked') {
	// what a content security policy without 'wasm-unsafe-eval' does
	WebAssembly.Module = class {
		constructor() {
			throw new WebAssembly.CompileError('blocked by Content Security Policy');
		}
	} as unknown as typeof WebAssembly.Module;
}

serve(
	{
		postMessage(message: FromWorker) {
			if (message.type === 'tokens' && message.tokens.some(({ token }) => token.index === 3)) {
				if (fault === 'closes') self.close();
				if (fault === 'hangs') for (;;);
				if (fault === 'throws') setTimeout(() => { throw new Error('boom'); }); // prettier-ignore
				if (fault === 'breaks') throw new Error('boom');
				if (fault) return;
			}
			self.postMessage(message);
		},
		addEventListener(type: 'message', hear: (event: MessageEvent<ToWorker>) => void) {
			self.addEventListener(type, hear);
		}
	},
	smallModel(shape).files
);
