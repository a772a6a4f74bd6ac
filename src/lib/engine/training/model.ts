import type { Config } from '#lib/tiny/gpt.ts';
import type { Tokenizer } from '#lib/tiny/tokenizer.ts';
import type { promptOf } from '../pocket/chat.ts';
import type { Course } from './course.ts';
import type { Material } from './material.ts';
import type { Making } from './place.ts';
import type { Viewer } from './viewer.ts';

/** A model that can write. */
export type Model = {
	config: Config;
	tokenizer: Tokenizer;
	/** How a request becomes tokens. */
	read: typeof promptOf;
	/** Its weights, as they are now. */
	values(): Promise<Float32Array>;
	/** Writes for the reader, apart from what looks on. */
	writer: Viewer;
	/** The step whose weights the writer has. */
	written: number;
	/** How it came to be, where that can go on. */
	training?: Training;
};

export type Training = Making & { material: Material; course: Course };
