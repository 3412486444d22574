import { HomePlayground } from '@/components/home/home-playground';
import { HardwareCheck } from '@/components/site/hardware-check';
import { LessonList } from '@/components/site/lesson-list';

export default function Home() {
  return (
    <>
      <HomePlayground />
      <section aria-labelledby="lessons" className="mt-12">
        <h2 id="lessons" className="mb-5 text-[1.44rem] font-semibold leading-snug tracking-tight">
          Lessons
        </h2>
        <LessonList />
      </section>
      <HardwareCheck />
    </>
  );
}
