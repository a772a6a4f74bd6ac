/** @file All lessons: titles and order, no bodies. Server only, so that no page carries the others. */
import { inOrder, readLesson, type Lesson, type LessonLink } from './lesson.ts';

const files = import.meta.glob('../../../content/lessons/*.md', {
	eager: true,
	import: 'metadata'
});

/** Every lesson, in reading order. */
export const lessons: Lesson[] = inOrder(
	Object.entries(files).map(([path, metadata]) => readLesson(path, metadata))
);

/** A lesson with its neighbours. Throws if there is none at this address. */
export function lessonAt(slug: string): {
	lesson: Lesson;
	previous: LessonLink | undefined;
	next: LessonLink | undefined;
} {
	const index = lessons.findIndex((lesson) => lesson.slug === slug);
	if (index < 0) throw new Error(`no file in content/lessons is called NN-${slug}.md`);
	return {
		lesson: lessons[index],
		previous: link(lessons[index - 1]),
		next: link(lessons[index + 1])
	};
}

function link(lesson: Lesson | undefined): LessonLink | undefined {
	if (!lesson) return undefined;
	const { number, slug, title, question, minutes } = lesson;
	return { number, slug, title, question, minutes };
}
