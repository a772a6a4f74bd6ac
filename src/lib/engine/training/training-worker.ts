import { serve } from './session.ts';

serve(self);
