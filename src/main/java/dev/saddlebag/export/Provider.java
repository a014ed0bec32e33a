package dev.saddlebag.export;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.List;

/**
 * Who exports: Notion's web application or its Admin API. It knows how questions are put and how answers are read, and no more
 * of the flow.
 */
interface Provider {
    /** The hosts to try, in order. */
    List<URI> hosts();

    /** Which workspaces the credentials open. */
    Question spaces(URI host, Question.Understanding answered);

    List<Space> readSpaces(ObjectNode answer);

    /** Orders the export of what the job is at: the workspace, or one page with all below it. */
    Question start(JobState job, Question.Understanding answered);

    /**
     * The id of the task that was ordered.
     *
     * @throws ExportRefusedException when the answer has none
     */
    String readTask(ObjectNode answer) throws ExportRefusedException;

    /** How far the task is. */
    Question progress(JobState job, Question.Understanding answered);

    TaskReport readProgress(JobState job, ObjectNode answer);

    /** The questions that show finished exports in another way; empty where there is none. */
    List<Question> feeds(JobState job, Question.Understanding answered);

    /** Whether it can export one page with all below it. */
    boolean exportsPages();

    /** What to do when the credentials are refused, in words. */
    String renewal();

    /** What to do when a question is called invalid, in words. */
    String whenInvalid();

    /** What to do when there is nothing at an address that is asked, in words. */
    String whenNothingIsThere();
}
