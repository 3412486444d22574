'use client';

import { Button } from '@/components/ui/button';
import { download } from '@/components/ui/download';
import type { TrainedFiles } from './trained';

export function SaveButtons({ files }: { files: TrainedFiles }) {
  return (
    <div className="flex flex-wrap gap-2">
      {(['private', 'plain'] as const).map((who) => (
        <Button
          key={who}
          small
          onClick={() =>
            download(
              `scene-detector-${who}.safetensors`,
              new Blob([files[who]], { type: 'application/octet-stream' }),
            )
          }
        >
          Save the {who} detector
        </Button>
      ))}
    </div>
  );
}
