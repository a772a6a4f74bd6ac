/**
 * The transformer of `gpt.ts`, noted for the GPU: forward, and backward in reverse. What a part
 * makes is added to x in place, and what flows back through it to the gradient of x; the gradients
 * of everything else serve one layer after the other.
 */

import type { PassMemory } from './memory.ts';
import type { Operations } from './operations.ts';

/** From tokens to logits: a score for every token of the vocabulary as the next one. */
export function forward(to: Operations, { layers, tokens, x, ...end }: PassMemory): void {
	to.embed(tokens, x);

	layers.forEach((layer, i) => {
		to.normalise(x, layer.normal, layer.scales);
		to.shift(layer.normal, layer.shifted);
		to.project(layer.normal, `${i}.query`, layer.query);
		to.project(layer.shifted, `${i}.key`, layer.key);
		to.project(layer.normal, `${i}.value`, layer.value);
		to.rotate(layer.query, 1);
		to.rotate(layer.key, 1);
		to.attend(layer.query, layer.key, layer.value, layer.probabilities, layer.mixed);
		to.project(layer.mixed, `${i}.output`, x, true);

		to.normalise(x, layer.normal2, layer.scales2);
		to.project(layer.normal2, `${i}.up`, layer.up);
		to.squaredReLU(layer.up, layer.active);
		to.project(layer.active, `${i}.down`, x, true);
	});

	to.normalise(x, end.normal, end.scales);
	to.unembed(end.normal, end.logits);
}

/** From the gradient of the logits, which lies in their place, to those of all weights. */
export function backward(to: Operations, { layers, back, logits, ...end }: PassMemory): void {
	to.unembedBackward(end.normal, logits, back.normal);
	to.normaliseBackward(end.normal, back.normal, end.scales, back.x, false);

	for (let i = layers.length - 1; i >= 0; i--) {
		const layer = layers[i];
		to.projectBackward(layer.active, `${i}.down`, back.x, back.active);
		to.squaredReLUBackward(layer.up, back.active);
		to.projectBackward(layer.normal2, `${i}.up`, back.active, back.normal);
		to.normaliseBackward(layer.normal2, back.normal, layer.scales2, back.x, true);

		to.projectBackward(layer.mixed, `${i}.output`, back.x, back.mixed);
		to.attendBackward(layer, back);
		to.rotate(back.query, -1);
		to.rotate(back.key, -1);
		to.projectBackward(layer.normal, `${i}.query`, back.query, back.normal);
		to.projectBackward(layer.normal, `${i}.value`, back.value, back.normal, true);
		to.projectBackward(layer.shifted, `${i}.key`, back.key, back.shifted);
		to.shiftBackward(back.shifted, back.normal);
		to.normaliseBackward(layer.normal, back.normal, layer.scales, back.x, true);
	}

	to.embedBackward(end.order, end.starts, back.x);
}
