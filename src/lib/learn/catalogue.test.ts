import { expect, test } from 'vitest';
import { lessonAt, lessons } from './catalogue.server.ts';

test('the catalogue knows the first lesson and where it stands', () => {
	expect(lessons[0]).toMatchObject({ number: 1, slug: 'two-jobs', needs: [] });
	expect(lessonAt('two-jobs')).toMatchObject({ lesson: lessons[0], previous: undefined });
});

test('an address without a lesson is refused by name', () => {
	expect(() => lessonAt('nowhere')).toThrow('NN-nowhere.md');
});
