/*
 * FANN's training by iRprop- (FANN_TRAIN_RPROP): modes and file as ../peers.ts describes them.
 * cc -O3 -march=native -DVERSION='"2.2.0"' fann.c -lfann -lm
 *
 * Where the sign of a slope flips, FANN moves the weight up, whichever way it came (fann_update_weights_irpropm leaves
 * a slope of 0 to the branch of negative ones): from the first flip on its weights are others.
 */
#include <fann.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define MOST_LAYERS 16
static const double WARM_UP = 0.3, BATCH = 0.2, MOST = 2, LIMIT = 20; /* seconds; as in harness.js */
enum { BATCHES = 3, CHECKED_EPOCHS = 21 };

static struct fann *net;
static struct fann_train_data *data;
static unsigned rows, widths[MOST_LAYERS], layers;

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + t.tv_nsec * 1e-9;
}

static void take(FILE *file, float *values, size_t count) {
  if (fread(values, sizeof(float), count, file) != count) {
    fputs("the file is too short\n", stderr);
    exit(1);
  }
}

/* A network at the problem's weights, under the rules of the others: tanh, linear outputs, plain squared error. */
static void load(const char *path) {
  FILE *file = fopen(path, "rb");
  if (file == NULL) {
    perror(path);
    exit(1);
  }
  data = fann_create_train(rows, widths[0], widths[layers - 1]);
  for (unsigned row = 0; row < rows; row++) take(file, data->input[row], widths[0]);
  for (unsigned row = 0; row < rows; row++) take(file, data->output[row], widths[layers - 1]);
  net = fann_create_standard_array(layers, widths);
  /* Per neuron its weights, then its bias; in the file all weights of a layer, then all biases. */
  float *to = net->weights;
  for (unsigned layer = 1; layer < layers; layer++) {
    const unsigned inputs = widths[layer - 1], outputs = widths[layer];
    for (unsigned i = 0; i < outputs; i++) take(file, to + i * (inputs + 1), inputs);
    for (unsigned i = 0; i < outputs; i++) take(file, to + i * (inputs + 1) + inputs, 1);
    to += outputs * (inputs + 1);
  }
  fclose(file);
  fann_set_activation_function_hidden(net, FANN_SIGMOID_SYMMETRIC);
  fann_set_activation_steepness_hidden(net, 1);
  fann_set_activation_function_output(net, FANN_LINEAR);
  fann_set_activation_steepness_output(net, 1);
  fann_set_train_error_function(net, FANN_ERRORFUNC_LINEAR);
  fann_set_training_algorithm(net, FANN_TRAIN_RPROP);
  fann_set_rprop_delta_min(net, 1e-6f);
  fann_set_rprop_delta_zero(net, 0.01f / 1.2f); /* it grows before its first use, too */
}

static double timed(int epochs) {
  const double start = now();
  for (int i = 0; i < epochs; i++) fann_train_epoch(net, data);
  return now() - start;
}

static int ascending(const void *a, const void *b) {
  return *(const double *)a > *(const double *)b ? 1 : -1;
}

static double microseconds(void) {
  int epochs = 1, count = 0;
  double took = timed(epochs), batches[BATCHES];
  for (double spent = took; spent < WARM_UP; spent += took) {
    if (took < WARM_UP / 4) epochs *= 2;
    took = timed(epochs);
  }
  epochs = (int)(epochs * BATCH / took) + 1;
  for (double spent = 0; count < BATCHES && spent < MOST; spent += took) {
    took = timed(epochs);
    batches[count++] = took / epochs;
  }
  qsort(batches, count, sizeof(double), ascending);
  return batches[count / 2] * 1e6;
}

static int reach(double target, double limit, float *loss, double *took) {
  const double start = now();
  for (int epochs = 0;; epochs++) {
    *loss = fann_train_epoch(net, data);
    *took = now() - start;
    if (*loss <= target || *took > limit) return epochs;
  }
}

int main(int count, char **arguments) {
  if (count != 6) return 1;
  const char *mode = arguments[1], *path = arguments[2];
  rows = atoi(arguments[3]);
  for (char *width = strtok(arguments[4], ","); width != NULL && layers < MOST_LAYERS; width = strtok(NULL, ",")) {
    widths[layers++] = atoi(width);
  }
  const double target = atof(arguments[5]);
  load(path);
  printf("{\"version\": \"%s\", ", VERSION);
  if (strcmp(mode, "losses") == 0) {
    printf("\"losses\": [");
    for (int i = 0; i < CHECKED_EPOCHS; i++) printf("%s%.9g", i == 0 ? "" : ", ", fann_train_epoch(net, data));
    printf("]}\n");
  } else if (strcmp(mode, "epoch") == 0) {
    const float loss = fann_train_epoch(net, data);
    printf("\"loss\": %.9g, \"microseconds\": %.9g}\n", loss, microseconds());
  } else {
    float loss;
    double took;
    for (const double warm = now() + WARM_UP; now() < warm; load(path)) reach(target, WARM_UP, &loss, &took);
    const int epochs = reach(target, LIMIT, &loss, &took);
    printf("\"epochs\": %d, \"loss\": %.9g, \"milliseconds\": %.9g}\n", epochs, loss, took * 1000);
  }
  return 0;
}
