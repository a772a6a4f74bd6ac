import { expect, test } from 'vitest';
import { wordsIn } from './length.ts';

test('counts the words of the prose and nothing else', () => {
	const source = [
		'---',
		'title: Not this one',
		'---',
		"<script>import a from 'b';</script>",
		'Two words, and <Num id="x-y" unit={false} /> don’t count {3} tags.',
		'<Claim ids="S0-01" said="not this">',
		'**Bold** too.',
		'</Claim>'
	].join('\n');
	expect(wordsIn(source)).toBe(8);
	expect(wordsIn('')).toBe(0);
});
