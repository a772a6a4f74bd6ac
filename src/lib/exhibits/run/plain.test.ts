import { expect, it } from 'vitest';
import { visible } from './plain.ts';

it('shows ordinary text as it is', () => {
	for (const text of [' token', 'שלום', '👩‍👩‍👧', 'é', '<b>&amp;</b>'])
		expect(visible(text)).toBe(text);
});

it('shows control characters as signs', () => {
	expect(visible('a\u0000b\u001b[31m\u007f')).toBe('a␀b␛[31m␡');
	expect(visible('\u0085')).toBe('\ufffd');
	expect(visible('\t')).toBe('␉');
});

it('shows that a line breaks, and breaks it', () => {
	expect(visible('a\r\nb\rc\nd')).toBe('a⏎\nb⏎\nc⏎\nd');
});

it('bounds a word of 100,000 letters', () => {
	expect(visible('x'.repeat(100_000))).toBe('x'.repeat(240) + '…');
});

it('bounds marks that pile up on one letter', () => {
	expect(visible('a' + '\u0301'.repeat(100))).toBe('a' + '\u0301'.repeat(8));
});
