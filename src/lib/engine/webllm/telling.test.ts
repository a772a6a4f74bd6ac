import { expect, test } from 'vitest';
import { telling } from './telling.ts';
import { END } from './testing/scripted-llm.ts';

test('every sentence for readers is a sentence, and says what to do', () => {
	for (const make of Object.values(telling)) {
		const said = make('Error: x');
		expect(said).toMatch(/^[A-Z].*\.\)?$/);
		expect(said).not.toMatch(/undefined|web-llm|WebGPU/);
		expect(said.length).toBeLessThan(280);
	}
	expect(END).toBe(256);
});
