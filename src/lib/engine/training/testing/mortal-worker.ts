import { serve } from '../session.ts';

serve(self);
self.addEventListener('message', ({ data }) => {
	if (data.type === 'die') self.close();
});
