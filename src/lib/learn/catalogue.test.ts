import { expect, test } from 'vitest';
import { lessonAt, lessons, listed } from './catalogue.server.ts';

test('the catalogue knows the first lesson and where it stands', () => {
	expect(lessons[0]).toMatchObject({ number: 1, slug: 'two-jobs', needs: [] });
	const { lesson, previous } = lessonAt('two-jobs');
	expect(lesson).toMatchObject({ number: 1, slug: 'two-jobs', needs: [] });
	expect(lesson.questions[0]).toBe(
		'You ask a chatbot ten questions. What happens to the training bar?'
	);
	expect(previous).toBeUndefined();
});

test('an address without a lesson is refused by name', () => {
	expect(() => lessonAt('nowhere')).toThrow('NN-nowhere.md');
});

test('a list has every lesson with what it needs as links, and no claims', () => {
	expect(listed().map(({ slug }) => slug)).toEqual(lessons.map(({ slug }) => slug));
	for (const [index, { needs, ...rest }] of listed().entries()) {
		expect(needs.map(({ slug }) => slug)).toEqual(lessons[index].needs);
		expect(rest).not.toHaveProperty('claims');
	}
});
