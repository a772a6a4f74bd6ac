import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { articleOf } from './articles.ts';
import { words } from './kept.ts';
import { checkQuestions } from './lesson.ts';

const folder = 'content/lessons';
const files = readdirSync(folder).filter((name) => name.endsWith('.md'));
const slugOf = (file: string) => file.replace(/^\d\d-|\.md$/g, '');

/** The thin routes of lessons, and the file each imports. */
const routes = readdirSync('src/routes/lessons', { withFileTypes: true })
	.filter((entry) => entry.isDirectory())
	.map(({ name }) => {
		const source = readFileSync(`src/routes/lessons/${name}/+page.svelte`, 'utf8');
		return { name, file: /from '#content\/lessons\/([^']+)'/.exec(source)?.[1] };
	});

describe('lessons and routes', () => {
	test('there is at least one', () => expect(files.length).toBeGreaterThan(0));

	test.each(files)('%s has the route of its address, and no other', (file) => {
		expect(routes.filter((route) => route.file === file)).toEqual([{ name: slugOf(file), file }]);
	});

	test.each(routes)('the route $name imports a lesson that is there', ({ file }) => {
		expect(files).toContain(file);
	});
});

describe.each(files)('%s', (file) => {
	// what few open may have a file of its own, whose code comes when it is touched
	const also = `${folder}/also/${file}`;
	const source =
		readFileSync(`${folder}/${file}`, 'utf8') +
		(existsSync(also) ? readFileSync(also, 'utf8') : '');

	test('shows what it has in a file of its own', () => {
		expect(source.includes(`./also/${file}`)).toBe(existsSync(also));
	});

	test('checks the claims that its front matter names, each once', () => {
		const named = /^claims: \[(.*)\]$/m.exec(source)?.[1].split(', ');
		const checked = [...source.matchAll(/<Claim\s+ids="([^"]+)"/g)].flatMap(([, ids]) =>
			ids.split(' ')
		);
		expect(checked.toSorted()).toEqual(named?.toSorted());
		expect(checked.map((id) => articleOf(id).letter).length).toBe(checked.length);
	});

	test('has a line to end on, a note for teachers, a guess and two checks', () => {
		for (const tag of ['<OneLine>', '<Predict']) expect(source).toContain(tag);
		// a long one has a file of its own, whose code comes when it is touched
		const apart = `${folder}/teachers/${file}`;
		const note = source.includes(`./teachers/${file}`) && existsSync(apart);
		expect(note ? readFileSync(apart, 'utf8') : source).toContain('<TeacherNote');
		expect(source.match(/<Check\b/g)?.length).toBeGreaterThanOrEqual(2);
	});

	test('gives each kind of guess what it asks for', () => {
		const needs = { Predict: ['bar', 'mark'], PredictAmong: ['answers'], PredictOrder: ['items'] };
		for (const [tag, props] of Object.entries(needs)) {
			for (const [, own] of source.matchAll(new RegExp(`<${tag}\\s([\\s\\S]*?)\\n>`, 'g'))) {
				for (const prop of ['id', 'question', 'how', 'paper', 'truth', ...props]) {
					expect(own, tag).toMatch(new RegExp(`^\\t${prop}=`, 'm'));
				}
			}
		}
	});

	test('asks each check question in plain text, by which it is known again', () => {
		const questions = checkQuestions(source);
		expect(questions).toHaveLength(source.match(/<Check\b/g)?.length ?? 0);
		expect(new Set(questions).size).toBe(questions.length);
		const answers = [...source.matchAll(/<Answer says="([^"]+)"/g)].map(([, says]) => says);
		for (const text of [...questions, ...answers]) {
			expect(text).not.toMatch(/&#?\w+;|[{}]/);
			expect(words(text)).toBe(text);
		}
	});

	test('gives every check four answers, one of them right', () => {
		const checks = source.split(/<Check /).slice(1);
		for (const check of checks) {
			const own = check.slice(0, check.indexOf('</Check>'));
			const answers = [...own.matchAll(/<Answer says="[^"]+"( right)?>/g)];
			expect(answers).toHaveLength(4);
			expect(answers.filter(([, right]) => right)).toHaveLength(1);
		}
	});

	test('starts no line of a paragraph with a tag, which would end the paragraph there', () => {
		const prose = source.replace(/<script[\s\S]*?<\/script>/, '');
		expect(prose.match(/^.*\S\n<(?:span|Num)\b.*$/m)?.[0]).toBeUndefined();
	});
});
