import { serve } from './session.ts';

// chunks of their own: most training here is done on the processor, and asked by no class
serve(
	self,
	async (...run) => {
		const { onGpu } = await import('./on-gpu.ts');
		return onGpu(...run);
	},
	async () => (await import('./classroom.ts')).Classroom
);
