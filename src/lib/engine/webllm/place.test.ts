import { describe, expect, test } from 'vitest';
import { models } from './catalogue.ts';
import { hostOf, libraryName, manifestAt, mirrorAt, placeOf, WrongAddress } from './place.ts';

const [smol] = models;
const page = 'https://tab.example.org/site/lab/';
const school = 'http://192.168.1.20:8080/';

test('at home, files and library are where the catalogue says', () => {
	const place = placeOf(smol, { at: 'home' });
	expect(place).toEqual({ folder: smol.home, library: smol.library });
	expect(hostOf(place)).toBe('huggingface.co');
	expect(manifestAt(smol, { at: 'home' })).toBeUndefined();
});

test('on a mirror, they are where the script writes them, with the version in the library’s name', () => {
	const source = mirrorAt('https://models.example.org/tab', page);
	expect(source).toEqual({ at: 'mirror', base: 'https://models.example.org/tab/' });
	expect(placeOf(smol, source)).toEqual({
		folder: `https://models.example.org/tab/${smol.id}/resolve/main/`,
		library: `https://models.example.org/tab/${smol.id}/v0_2_86-SmolLM2-360M-Instruct-q4f16_1_cs1k-webgpu.wasm`
	});
	expect(manifestAt(smol, source)).toBe(`https://models.example.org/tab/${smol.id}/manifest.json`);
	expect(hostOf(placeOf(smol, source))).toBe('models.example.org');
});

test('web-llm, which insists on /resolve/…/, adds nothing to any folder', () => {
	for (const source of [{ at: 'home' } as const, mirrorAt('/models/', page)]) {
		for (const model of models) {
			expect(placeOf(model, source).folder).toMatch(/^https:\/\/.+\/resolve\/.+\/$/);
		}
	}
});

test('every library has a name of its own', () => {
	expect(new Set(models.map(libraryName)).size).toBe(models.length);
	expect(libraryName({ library: 'https://example.org/a/b.wasm' })).toBe('b.wasm');
});

describe('an address of a mirror', () => {
	test.each([
		['https://models.example.org', 'https://models.example.org/'],
		['  https://models.example.org/a/b  ', 'https://models.example.org/a/b/'],
		['/models', 'https://tab.example.org/models/'],
		['models/', 'https://tab.example.org/site/lab/models/'],
		['../models', 'https://tab.example.org/site/models/'],
		['//other.example.org/m', 'https://other.example.org/m/'],
		['http://localhost:8000/m', 'http://localhost:8000/m/'],
		['http://127.0.0.1:8000', 'http://127.0.0.1:8000/'],
		['http://[::1]:8000/', 'http://[::1]:8000/']
	])('%j on a secure page is %s', (text, base) => {
		expect(mirrorAt(text, page)).toEqual({ at: 'mirror', base });
	});

	test.each([
		'http://10.0.0.7/',
		'http://172.16.0.1/',
		'http://172.31.255.1/',
		'http://192.168.0.2:8080/',
		'http://169.254.3.4/',
		'http://[fe80::1]/',
		'http://[fd12:3456::1]/',
		'http://teacher-pc:8080/',
		'http://teacher-pc.local/'
	])('%s is near, so that plain http will do on a page of plain http', (text) => {
		expect(mirrorAt(text, school).base).toBe(text);
		expect(wrong(text, page)).toMatch(/came over https/);
	});

	test.each([
		['', /Type the address/],
		['   ', /Type the address/],
		['https://', /not an address/],
		['http://[::1', /not an address/],
		['ftp://models.example.org/', /not with ftp:\/\//],
		['javascript:alert(1)', /not with javascript:/],
		['data:text/html,x', /not with data:/],
		['file:///C:/models/', /not with file:/],
		['https://name:word@models.example.org/', /name and password/],
		['https://models.example.org/?token=1', /question mark/],
		['https://models.example.org/#a', /question mark/],
		['https://models.example.org/?', /question mark/],
		['http://models.example.org/', /anyone on the way to models\.example\.org/],
		['http://172.32.0.1/', /anyone on the way/],
		['http://11.0.0.1/', /anyone on the way/],
		['http://127.0.0.1.example.org/', /anyone on the way/],
		['http://localhost.example.org/', /anyone on the way/],
		['http://192.168.1.20.nip.io/', /anyone on the way/],
		['http://[2001:db8::1]/', /anyone on the way/]
	])('%j is refused', (text, says) => {
		expect(wrong(text, school)).toMatch(says);
	});

	test('that is relative needs a page that came from a server', () => {
		expect(wrong('/models/', 'file:///home/me/index.html')).toMatch(/opened as a file/);
		expect(mirrorAt('https://a.example.org', 'file:///home/me/index.html').base).toBe(
			'https://a.example.org/'
		);
	});
});

function wrong(text: string, page: string): string {
	try {
		mirrorAt(text, page);
	} catch (error) {
		if (error instanceof WrongAddress) return error.message;
		throw error;
	}
	return 'accepted';
}
