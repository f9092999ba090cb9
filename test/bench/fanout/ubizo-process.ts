import { serve } from './server.ts';
import { UbizoServer } from './ubizo-server.ts';

serve(async (options) => {
  const server = new UbizoServer(options);
  await server.start();
  return server;
});
