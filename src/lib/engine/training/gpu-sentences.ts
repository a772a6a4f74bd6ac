/** @file What readers are told of a GPU that cannot train, or not any more. */
export const gpuSentences = {
	/** @param cause what the browser says about it */
	noGpu: (cause: string) =>
		`This GPU cannot train here (${cause.slice(0, 200)}), so the processor does it: the same model, perhaps slower.`,

	/** @param step the last kept one */
	moved: (step: number) =>
		`The GPU was lost. The training goes on with the processor, ${step ? `from its last kept step, ${step.toLocaleString('en')}` : 'from the beginning'}. What the lost steps took stays on its bill.`
};
