import { NotebookFileItem } from '@/components/notebook/notebook-file-item';
import type { TrainDetectorParams } from '../experiments/train-detector';
import { notInYoloHead } from '../yolo-head-of-run';

/** The settings on the screen as a notebook that trains a private head on a frozen YOLO. */
export function YoloHeadItem({ params }: { params: TrainDetectorParams }) {
  async function write(link: string) {
    const [{ yoloHeadNotebook }, { yoloHeadSettings }] = await Promise.all([
      import('@/lib/notebook/python/yolo-head'),
      import('../yolo-head-of-run'),
    ]);
    return yoloHeadNotebook(yoloHeadSettings(params, link));
  }
  const reason = notInYoloHead(params);
  return (
    <NotebookFileItem title="A private head on YOLO" write={write} reason={reason}>
      {reason === null ? 'YOLO-head notebook (.ipynb) of these settings' : 'No YOLO-head notebook'}
    </NotebookFileItem>
  );
}
