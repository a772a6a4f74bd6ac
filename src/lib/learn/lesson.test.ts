import { describe, expect, test } from 'vitest';
import { checkQuestions, inOrder, nameOf, readLesson, type Lesson } from './lesson.ts';

const front = {
	title: 'Making it is one job.',
	question: 'What is it doing?',
	minutes: 6,
	needs: [],
	terms: ['token'],
	claims: ['S0-01'],
	description: 'What a model does.',
	line: 'It answers.'
};
const path = '/content/lessons/01-two-jobs.md';

describe('a lesson', () => {
	test('has its number and its address from the name of its file', () => {
		expect(readLesson(path, front)).toEqual({ number: 1, slug: 'two-jobs', ...front });
	});

	test.each([
		['1-two-jobs.md', front, 'two digits'],
		['01-Two_Jobs.md', front, 'two digits'],
		['01-two-jobs.md', undefined, 'no front matter'],
		['01-two-jobs.md', { ...front, title: ' ' }, 'title'],
		['01-two-jobs.md', { ...front, line: undefined }, 'line'],
		['01-two-jobs.md', { ...front, minutes: '6' }, 'minutes'],
		['01-two-jobs.md', { ...front, minutes: 60 }, 'minutes'],
		['01-two-jobs.md', { ...front, needs: undefined }, 'needs must be a list'],
		['01-two-jobs.md', { ...front, claims: ['S9-01'] }, 'S9-01'],
		['01-two-jobs.md', { ...front, minuets: 6 }, 'minuets']
	])('%s with %j is refused, by name', (file, metadata, what) => {
		const read = () => readLesson(`/content/lessons/${file}`, metadata);
		expect(read).toThrow(`content/lessons/${file}: `);
		expect(read).toThrow(what);
	});
});

describe('lessons', () => {
	const lesson = (number: number, slug: string, needs: string[] = []): Lesson => ({
		...front,
		number,
		slug,
		needs
	});

	test('stand in the order of their numbers', () => {
		const order = inOrder([lesson(10, 'c'), lesson(2, 'b', ['a']), lesson(1, 'a')]);
		expect(order.map(({ slug }) => slug)).toEqual(['a', 'b', 'c']);
	});

	test('may leave numbers out', () => {
		const order = inOrder([lesson(6, 'c', ['b']), lesson(1, 'a'), lesson(2, 'b', ['a'])]);
		expect(order.map(({ number }) => number)).toEqual([1, 2, 6]);
	});

	test.each([
		['a number is taken', [lesson(1, 'a'), lesson(1, 'b')], '01-b.md: there is another lesson 1'],
		['an address is taken', [lesson(1, 'a'), lesson(2, 'a')], '02-a.md: the address is taken'],
		['one needs a later one', [lesson(1, 'a', ['b']), lesson(2, 'b')], '01-a.md: needs b'],
		['one needs itself', [lesson(1, 'a', ['a'])], '01-a.md: needs a']
	])('are refused when %s', (_, lessons, what) => {
		expect(() => inOrder(lessons)).toThrow(what);
	});
});

test('check questions are found in the Markdown, in order', () => {
	const source =
		'x\n<Check question="One?">\n<Check\n\tquestion="“Two?”"\n>\n<Checks question="no">';
	expect(checkQuestions(source)).toEqual(['One?', '“Two?”']);
});

test('a lesson is called by its address', () => {
	expect(nameOf('one-token-at-a-time')).toBe('one token at a time');
});
