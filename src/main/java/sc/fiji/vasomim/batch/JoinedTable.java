package sc.fiji.vasomim.batch;

import java.util.List;

/**
 * A table of a whole run, made of those that a {@link FileJob} writes for each input: CSV, a line of headings first.
 *
 * @param name of the file in the output folder
 * @param ending of the names of the inputs' tables
 * @param headings of all of them
 */
public record JoinedTable(String name, String ending, List<String> headings) {}
