import { afterEach, beforeEach, expect, test } from 'vitest';
import { keepTranslated } from './translated.ts';

let box: HTMLElement;
let text: Text;
let stop: () => void;

beforeEach(() => {
	box = document.body.appendChild(document.createElement('p'));
	text = box.appendChild(document.createTextNode('5 tokens'));
	stop = keepTranslated(box);
});

afterEach(() => {
	stop();
	box.remove();
});

/** As Google's translator does it: its element goes before the text, then the text goes. */
function translate(): HTMLElement {
	const font = document.createElement('font');
	font.innerHTML = '<font>5 jetons</font>';
	box.insertBefore(font, text);
	text.remove();
	return font;
}

const settled = () => new Promise((done) => setTimeout(done));

test('a translation is shown alone, until its text says something else', async () => {
	translate();
	await settled();
	expect(box.textContent).toBe('5 jetons');
	text.data = '6 tokens';
	await settled();
	expect(box.textContent).toBe('6 tokens');
	translate();
	await settled();
	text.data = '7 tokens';
	await settled();
	expect(box.textContent).toBe('7 tokens');
});

test('a translation goes with its text', async () => {
	translate();
	await settled();
	text.remove();
	await settled();
	expect(box.childNodes.length).toBe(0);
});

test('in one step as well, and what is inserted before the text stands before it', async () => {
	const font = document.createElement('font');
	font.textContent = '5 jetons';
	text.replaceWith(font);
	await settled();
	text.before(document.createElement('b'));
	expect([...box.childNodes].map(({ nodeName }) => nodeName)).toEqual(['FONT', 'B', '#text']);
});

test('the words come back when the translation is taken back', async () => {
	const font = translate();
	await settled();
	font.replaceWith(text);
	await settled();
	expect(box.textContent).toBe('5 tokens');
	text.data = '6 tokens';
	await settled();
	expect(box.textContent).toBe('6 tokens');
});

test('texts that merely go, stay gone', async () => {
	const other = box.appendChild(document.createTextNode(' and more'));
	translate();
	await settled();
	other.remove();
	await settled();
	expect(box.textContent).toBe('5 jetons');
	expect(box.childNodes.length).toBe(2);
});
