/** What Carillon counts and times, named once for CloudWatch, Prometheus and the developer's page. */
package io.carillon.metrics;
