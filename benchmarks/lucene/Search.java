import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import org.apache.lucene.analysis.core.WhitespaceAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.LatLonPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.util.BytesRef;

/**
 * Takes in a directory and answers questions about it, in lines of tab-separated fields on standard input and output.
 * First the number of listings, then one line each (id, latitude, longitude, state, verified, the words of its mask, its
 * words), then questions (latitude, longitude, meters or -, state or -, words or -, and for each facet chosen the words of
 * the mask of its codes and of all codes of the facet). Answers are the total, then tag:count, then the ids of the page.
 */
public final class Search {
  private static final double EARTH_METERS = 6371008.8;
  private static final int WORDS = 2;
  private static final int BITS = 61;
  private static final int PAGE = 10;

  private Search() {}

  public static void main(String[] arguments) throws IOException {
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8), 1 << 20);
    var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try (var directory = new MMapDirectory(Path.of(arguments[0]))) {
      try (var writer = new IndexWriter(directory, new IndexWriterConfig(new WhitespaceAnalyzer()))) {
        for (int left = Integer.parseInt(in.readLine()); left > 0; left--) {
          writer.addDocument(document(in.readLine().split("\t")));
        }
        writer.forceMerge(1);
      }
      try (var reader = DirectoryReader.open(directory)) {
        // Without Lucene's cache of filters: each question would be answered from it from the second repeat on.
        var searcher = new IndexSearcher(reader);
        searcher.setQueryCache(null);
        out.println("ready");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
          out.println(answer(searcher, line.split("\t")));
        }
      }
    }
  }

  private static Document document(String[] fields) {
    double latitude = Double.parseDouble(fields[1]);
    double longitude = Double.parseDouble(fields[2]);
    var document = new Document();
    document.add(new NumericDocValuesField("id", Long.parseLong(fields[0])));
    document.add(new LatLonPoint("place", latitude, longitude));
    double[] vector = vector(latitude, longitude);
    for (int axis = 0; axis < 3; axis++) {
      document.add(new NumericDocValuesField("axis" + axis, Double.doubleToRawLongBits(vector[axis])));
    }
    document.add(new StringField("state", fields[3], Field.Store.NO));
    document.add(new NumericDocValuesField("verified", Long.parseLong(fields[4])));
    for (int word = 0; word < WORDS; word++) {
      long mask = Long.parseLong(fields[5 + word]);
      document.add(new NumericDocValuesField("mask" + word, mask));
      for (long rest = mask; rest != 0; rest &= rest - 1) {
        int tag = word * BITS + Long.numberOfTrailingZeros(rest);
        document.add(new StringField("tag", Integer.toString(tag), Field.Store.NO));
      }
    }
    document.add(new TextField("words", fields[5 + WORDS], Field.Store.NO));
    return document;
  }

  private static String answer(IndexSearcher searcher, String[] fields) throws IOException {
    double latitude = Double.parseDouble(fields[0]);
    double longitude = Double.parseDouble(fields[1]);
    var query = new BooleanQuery.Builder();
    if (!fields[2].equals("-")) {
      query.add(LatLonPoint.newDistanceQuery("place", latitude, longitude, Double.parseDouble(fields[2])), Occur.FILTER);
    }
    if (!fields[3].equals("-")) {
      query.add(new ConstantScoreQuery(new TermInSetQuery("state", new BytesRef(fields[3]))), Occur.FILTER);
    }
    if (!fields[4].equals("-")) {
      for (String word : fields[4].split(" ")) {
        query.add(new PrefixQuery(new Term("words", word)), Occur.FILTER);
      }
    }
    int groups = (fields.length - 5) / (2 * WORDS);
    long[][] chosen = new long[groups][WORDS];
    long[][] facets = new long[groups][WORDS];
    for (int group = 0; group < groups; group++) {
      for (int word = 0; word < WORDS; word++) {
        chosen[group][word] = Long.parseLong(fields[5 + group * 2 * WORDS + word]);
        facets[group][word] = Long.parseLong(fields[5 + group * 2 * WORDS + WORDS + word]);
      }
    }
    if (groups > 1) {
      // What meets no need, or one of three, counts for nothing.
      var enough = new BooleanQuery.Builder().setMinimumNumberShouldMatch(groups - 1);
      for (long[] group : chosen) {
        enough.add(new TermInSetQuery("tag", terms(group)), Occur.SHOULD);
      }
      query.add(enough.build(), Occur.FILTER);
    }
    BooleanQuery built = query.build();
    var collector = new Counts(vector(latitude, longitude), chosen, facets);
    searcher.search(built.clauses().isEmpty() ? new MatchAllDocsQuery() : (Query) built, collector);
    return collector.answer();
  }

  private static List<BytesRef> terms(long[] mask) {
    var terms = new ArrayList<BytesRef>();
    for (int word = 0; word < WORDS; word++) {
      for (long rest = mask[word]; rest != 0; rest &= rest - 1) {
        terms.add(new BytesRef(Integer.toString(word * BITS + Long.numberOfTrailingZeros(rest))));
      }
    }
    return terms;
  }

  private static double[] vector(double latitude, double longitude) {
    double north = Math.toRadians(latitude);
    double east = Math.toRadians(longitude);
    return new double[] {Math.cos(north) * Math.cos(east), Math.cos(north) * Math.sin(east), Math.sin(north)};
  }

  /** One match, as the page orders them. */
  private static final class Hit implements Comparable<Hit> {
    private final long meters;
    private final long verified;
    private final long id;

    Hit(long meters, long verified, long id) {
      this.meters = meters;
      this.verified = verified;
      this.id = id;
    }

    @Override
    public int compareTo(Hit other) {
      int byMeters = Long.compare(meters, other.meters);
      int byVerified = byMeters != 0 ? byMeters : Long.compare(other.verified, verified);
      return byVerified != 0 ? byVerified : Long.compare(id, other.id);
    }
  }

  /** Counts drill-sideways and keeps the page, in one pass over the document values. */
  private static final class Counts extends SimpleCollector {
    private final double[] center;
    private final long[][] chosen;
    private final long[][] facets;
    private final long[] counts = new long[WORDS * 64];
    private final PriorityQueue<Hit> page = new PriorityQueue<>((one, other) -> other.compareTo(one));
    private final NumericDocValues[] masks = new NumericDocValues[WORDS];
    private final NumericDocValues[] axes = new NumericDocValues[3];
    private final long[] mask = new long[WORDS];
    private NumericDocValues ids;
    private NumericDocValues verified;
    private double farthest = Double.MAX_VALUE;
    private int total;

    Counts(double[] center, long[][] chosen, long[][] facets) {
      this.center = center;
      this.chosen = chosen;
      this.facets = facets;
    }

    @Override
    public ScoreMode scoreMode() {
      return ScoreMode.COMPLETE_NO_SCORES;
    }

    @Override
    protected void doSetNextReader(LeafReaderContext context) throws IOException {
      for (int word = 0; word < WORDS; word++) {
        masks[word] = context.reader().getNumericDocValues("mask" + word);
      }
      for (int axis = 0; axis < 3; axis++) {
        axes[axis] = context.reader().getNumericDocValues("axis" + axis);
      }
      ids = context.reader().getNumericDocValues("id");
      verified = context.reader().getNumericDocValues("verified");
    }

    @Override
    public void collect(int document) throws IOException {
      for (int word = 0; word < WORDS; word++) {
        masks[word].advanceExact(document);
        mask[word] = masks[word].longValue();
      }
      int missed = -1;
      for (int group = 0; group < chosen.length; group++) {
        boolean meets = false;
        for (int word = 0; word < WORDS; word++) {
          meets |= (mask[word] & chosen[group][word]) != 0;
        }
        if (!meets) {
          if (missed >= 0) {
            return;
          }
          missed = group;
        }
      }
      for (int word = 0; word < WORDS; word++) {
        // A match counts for all tags; what misses one need counts for that need's facet alone.
        long rest = missed < 0 ? mask[word] : mask[word] & facets[missed][word];
        for (; rest != 0; rest &= rest - 1) {
          counts[word * 64 + Long.numberOfTrailingZeros(rest)]++;
        }
      }
      if (missed < 0) {
        total++;
        keep(document);
      }
    }

    private void keep(int document) throws IOException {
      double squares = 0;
      for (int axis = 0; axis < 3; axis++) {
        axes[axis].advanceExact(document);
        double away = Double.longBitsToDouble(axes[axis].longValue()) - center[axis];
        squares += away * away;
      }
      if (squares > farthest) {
        return;
      }
      ids.advanceExact(document);
      verified.advanceExact(document);
      double meters = 2 * EARTH_METERS * Math.asin(Math.min(1, Math.sqrt(squares) / 2));
      page.add(new Hit(Math.round(meters), verified.longValue(), ids.longValue()));
      if (page.size() > PAGE) {
        page.poll();
        // A meter more than the last of the page: rounded, it may still be as near.
        double limit = 2 * Math.sin((page.peek().meters + 1) / EARTH_METERS / 2);
        farthest = limit * limit;
      }
    }

    String answer() {
      var line = new StringBuilder().append(total).append('\t');
      for (int word = 0; word < WORDS; word++) {
        for (int bit = 0; bit < BITS; bit++) {
          if (counts[word * 64 + bit] != 0) {
            line.append(word * BITS + bit).append(':').append(counts[word * 64 + bit]).append(' ');
          }
        }
      }
      line.append('\t');
      var hits = page.toArray(new Hit[0]);
      Arrays.sort(hits);
      for (Hit hit : hits) {
        line.append(hit.id).append(' ');
      }
      return line.toString();
    }
  }
}
